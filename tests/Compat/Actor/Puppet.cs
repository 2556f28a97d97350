using Akka.Actor;

namespace Handoff.Compat.Tests.Actors;

internal sealed record Run(Func<IUntypedActorContext, object?> Body);

internal sealed record Done(object? Result);

internal sealed record Fail(Exception Cause);

// Runs what it is sent inside itself, fails when told to, and writes down everything else.
internal class Puppet : UntypedActor
{
    public Puppet(Journal journal) => Journal = journal;

    protected Journal Journal { get; }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Run run:
                Sender.Tell(new Done(run.Body(Context)));
                break;
            case Fail fail:
                throw fail.Cause;
            default:
                Journal.Add(message);
                break;
        }
    }
}
