namespace Handoff.TestKit.Simulation.Sctp;

// A chunk without data, on its way to an end.
internal sealed class SctpSignal(NetworkCore core, TimeSpan latency, AssociationEnd to, SctpSignalKind kind) : IDue
{
    public void Send(ref Wakes wakes)
    {
        if (latency == TimeSpan.Zero) Come(ref wakes);
        else core.Agenda.Add(this, core.Agenda.Now + latency);
    }

    public void Come(ref Wakes wakes) => to.Hear(kind, ref wakes);
}
