using Akka.Actor;

namespace Handoff.Compat.Tests.Actors;

internal sealed class KeepsChildren(Journal journal) : Puppet(journal)
{
    protected override void PreRestart(Exception reason, object message) => Journal.Add($"{Self.Path.Name} kept");
}

// Writes down what its children fail with, and does what is usual about it.
internal sealed class RecordsFailures(Journal journal) : Puppet(journal)
{
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(cause =>
    {
        Journal.Add(cause);
        return Akka.Actor.SupervisorStrategy.DefaultDecider.Decide(cause);
    });
}

internal sealed class RestartsAlways(Journal journal) : Puppet(journal)
{
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Restart);
}

internal sealed class BadConstructor : Puppet
{
    public BadConstructor(Journal journal)
        : base(journal) => throw new InvalidOperationException("no constructor");
}

internal sealed class BadPreStart(Journal journal) : Puppet(journal)
{
    protected override void PreStart() => throw new InvalidOperationException("no start");
}

internal sealed class BadPreRestart(Journal journal) : Puppet(journal)
{
    protected override void PreRestart(Exception reason, object message) =>
        throw new InvalidOperationException("no pre-restart");
}

internal sealed class BadPostRestart(Journal journal) : Puppet(journal)
{
    protected override void PostRestart(Exception reason) =>
        throw new InvalidOperationException("no post-restart");
}

internal sealed class Attempts(int failing)
{
    private int _made;

    public int Failing { get; } = failing;

    public int Next() => Interlocked.Increment(ref _made);
}

internal sealed class StartsSecondTime(Journal journal, Attempts attempts) : Puppet(journal)
{
    protected override void PreStart()
    {
        var attempt = attempts.Next();
        Journal.Add($"attempt {attempt}");
        if (attempt <= attempts.Failing)
            throw new InvalidOperationException("not yet");
    }
}

internal sealed class Wrapped(Journal journal) : Puppet(journal)
{
    public override void AroundPreStart()
    {
        Journal.Add("around start");
        base.AroundPreStart();
    }

    public override void AroundPostStop()
    {
        Journal.Add("around stop");
        base.AroundPostStop();
    }

    public override void AroundPreRestart(Exception cause, object message)
    {
        Journal.Add("around pre-restart");
        base.AroundPreRestart(cause, message);
    }

    public override void AroundPostRestart(Exception cause, object message)
    {
        Journal.Add("around post-restart");
        base.AroundPostRestart(cause, message);
    }

    protected override bool AroundReceive(Receive receive, object message)
    {
        Journal.Add("around receive");
        return base.AroundReceive(receive, message);
    }

    protected override void PreStart() => Journal.Add("start");

    protected override void PostStop() => Journal.Add("stop");

    protected override void PreRestart(Exception reason, object message) => Journal.Add("pre-restart");

    protected override void PostRestart(Exception reason) => Journal.Add("post-restart");
}

internal sealed class DisposableActor(Journal journal) : Puppet(journal), IDisposable
{
    public void Dispose() => Journal.Add("disposed");

    protected override void PostStop() => Journal.Add("stopped");
}
