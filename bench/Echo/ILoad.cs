using System.Net;

namespace Handoff.Bench.Echo;

// What a client does to an echo server, from its start until it is stopped.
internal interface ILoad
{
    // Requests, bytes or connections that came back so far.
    long Done { get; }

    void Start(IPEndPoint server);

    // Ends every connection; fails if one of them had failed.
    Task StopAsync();
}
