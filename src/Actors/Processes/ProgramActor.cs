using Akka.Actor;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Children;

namespace Handoff.Processes;

// A program as a target: each socket that it is offered is a child's.
internal sealed class ProgramActor(ProgramTerms terms, IActorRef? until, ChildSupervisor children) : UntypedActor
{
    private readonly Dictionary<(long Socket, long Offer), ProgramRun> _runs = [];

    public static Props Props(ProgramTerms terms, IActorRef? until, ChildSupervisor children) =>
        Akka.Actor.Props.Create(() => new ProgramActor(terms, until, children));

    protected override void PreStart()
    {
        if (until is not null) Context.Watch(until);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Offered offered: OnOffered(offered); break;
            case Withdrawn { Offer: var offer }: _runs.GetValueOrDefault((offer.Id, offer.Number))?.Recall(); break;
            case Over over: _runs.Remove(over.Run); break;
            case Terminated: Context.Stop(Self); break;

            // A Decline that came too late: the offer had another outcome.
            case Refused { Command: Decline }: break;

            // What is lent is used by the child, and its run gives it back.
            case Acquired or LoanOver or Closed: break;
            default: Unhandled(message); break;
        }
    }

    // A run is not its actor's: it goes on, and ends, without it.
    protected override void PreRestart(Exception reason, object message)
    {
    }

    protected override void PostStop()
    {
        foreach (var run in _runs.Values) run.Stop();
        base.PostStop();
    }

    private void OnOffered(Offered offered)
    {
        var key = (offered.Offer.Id, offered.Offer.Number);
        if (_runs.ContainsKey(key)) return;
        var run = new ProgramRun(offered, Self, terms, children);
        if (Unfit(offered) is { } unfit)
        {
            run.Refuse(unfit);
            return;
        }

        _runs.Add(key, run);
        run.RunAsync().PipeTo(Self, success: () => new Over(key), failure: _ => new Over(key));
    }

    private SocketResult? Unfit(Offered offered)
    {
        if (_runs.Count >= terms.MaxChildren && _runs.Values.Count(run => !run.IsOver) >= terms.MaxChildren)
            return new(ResultCode.EEQUOTA, $"{terms.MaxChildren} children run or wait, and no more may");
        if (Tied.By(offered.Facts) is { } tied) return tied;
        if (offered.Attachment is not null)
            return new(ResultCode.EEMODENOTSUPP, "a program cannot be given an attachment");
        return (offered.Facts.Kind, offered.LoanFor) switch
        {
            (SocketKind.Listener, _) or (SocketKind.Connection, null) or (SocketKind.Datagrams, not null) => null,
            (SocketKind.Datagrams, null) => new(
                ResultCode.EEMODENOTSUPP, "a program cannot be given a datagram socket; lend it (Release.LoanFor)"),
            (var kind, var loan) => new(
                ResultCode.EEMODENOTSUPP,
                $"a program cannot be {(loan is null ? "given" : "lent")} a socket of kind {kind}"),
        };
    }

    private sealed record Over((long Socket, long Offer) Run);
}
