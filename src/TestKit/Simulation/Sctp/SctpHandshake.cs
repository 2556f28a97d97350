using Handoff.Transport;
using Handoff.Transport.Sctp;

namespace Handoff.TestKit.Simulation.Sctp;

// How an association begins (RFC 9260, 5.1): INIT, INIT ACK, COOKIE ECHO, COOKIE ACK. Called under the gate.
internal sealed class SctpHandshake(NetworkCore core, SimulatedSctp network, AssociationEnd caller) : IDue
{
    private Step _step;
    private AssociationEnd? _called;

    private enum Step
    {
        Init,
        InitAck,
        CookieEcho,
        CookieAck,
    }

    public void Begin(ref Wakes wakes)
    {
        if (core.Draws.Happens(core.Options.ConnectUnansweredRate) || caller.IsCut)
        {
            if (core.Options.GiveUpAfter is { } bound)
                core.Agenda.Add(new Unanswered(caller), core.Agenda.Now + bound);
            return;
        }

        Go(ref wakes);
    }

    public void Come(ref Wakes wakes)
    {
        if (caller.IsOver || caller.IsUp) return; // it was given up, or called meanwhile
        switch (_step)
        {
            case Step.Init:
                _step = Step.InitAck;
                break;
            case Step.InitAck when Place is not { Taker.Takes: true }
                || core.Draws.Happens(core.Options.ConnectRefusedRate):
                caller.CannotStart(ResultCode.EECONNREFUSED, ref wakes);
                return;
            case Step.InitAck:
                caller.State = SctpState.CookieEchoed;
                _step = Step.CookieEcho;
                break;
            case Step.CookieEcho:
                Meet(ref wakes);
                _step = Step.CookieAck;
                break;
            default:
                if (_called is null) caller.CannotStart(ResultCode.EECONNREFUSED, ref wakes);
                else caller.Up(_called, isAgain: false, ref wakes);
                return;
        }

        Go(ref wakes);
    }

    private SctpPlace? Place => network.Find(caller.Primary);

    // Two that call each other have one association; of one that began anew the old one goes on.
    private void Meet(ref Wakes wakes)
    {
        if (Place is not { } place) return;
        var known = place.Ends.Find(end => end != caller && end.Peers.Exists(caller.Local.Contains));
        if (known is { Peer: not null })
        {
            _called = known;
            known.Restart(caller, ref wakes);
            return;
        }

        _called = known ?? (place.Taker.Takes ? place.Taker.Take(caller) : null);
        if (_called is null) return;
        caller.Peer = _called;
        _called.Up(caller, isAgain: false, ref wakes);
        if (known is null) place.Taker.TookUp(_called, ref wakes);
    }

    private void Go(ref Wakes wakes)
    {
        var latency = caller.Outbox.Latency;
        if (latency == TimeSpan.Zero) Come(ref wakes);
        else core.Agenda.Add(this, core.Agenda.Now + latency);
    }

    private sealed class Unanswered(AssociationEnd caller) : IDue
    {
        public void Come(ref Wakes wakes)
        {
            if (caller.State is SctpState.CookieWait) caller.CannotStart(ResultCode.EETIMEDOUT, ref wakes);
        }
    }
}
