namespace Handoff.Campaign.Tests.Checking;

// One connection as its peer sees it: how many bytes went each way, and how it ended. Named by the port of the end
// that connected.
internal sealed class Line(int port)
{
    public int Port => port;

    // The names of the two streams.
    public long ToSocket => port * 2L;

    public long ToPeer => (port * 2L) + 1;

    // A connection may wait for a descriptor and never be accepted.
    public bool HasPeer { get; set; }

    public long PeerSent { get; set; }

    public long PeerReceived { get; set; }

    public bool PeerFinished { get; set; }

    public bool PeerSawEnd { get; set; }

    // A reset, a cut, an abort or an early close by the peer: what was under way may be lost.
    public bool IsBroken { get; set; }
}
