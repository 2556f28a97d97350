using Akka.Actor;

namespace Handoff.Compat.Tests.Actors;

internal sealed class DiaryPuppet : Puppet
{
    private readonly string _name = Context.Self.Path.Name;

    public DiaryPuppet(Journal journal)
        : base(journal) => Write("created");

    protected override void PreStart() => Write("PreStart");

    protected override void PostStop() => Write("PostStop");

    protected override void PreRestart(Exception reason, object message)
    {
        Write($"PreRestart({reason.Message}, {message?.GetType().Name})");
        base.PreRestart(reason, message!);
    }

    protected override void PostRestart(Exception reason)
    {
        Write($"PostRestart({reason.Message})");
        base.PostRestart(reason);
    }

    private void Write(string what) => Journal.Add($"{_name} {what}");
}
