namespace Handoff.Bench.Servers;

// An echo server on loopback, until it is disposed.
internal interface IServer : IAsyncDisposable
{
    int Port { get; }

    // Connections that are open now.
    int Connections { get; }
}
