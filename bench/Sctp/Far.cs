using System.Net;

namespace Handoff.Bench.Sctp;

// Where the other process is.
internal sealed record Far(int UdpPort, IPEndPoint Place);
