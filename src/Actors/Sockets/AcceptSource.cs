using System.Net;
using Akka.Actor;
using Handoff.Transport.Sockets;

namespace Handoff.Sockets;

// The descriptor and the accept under way. There is one accept at a time, and its result goes to the listener, so that
// a crash of the loop costs no connection.
internal sealed class AcceptSource(SocketListener listener) : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private int _underWay;

    public EndPoint LocalEndPoint => listener.LocalEndPoint;

    // The loop was told that there is room; the next connection uses it up.
    public bool Asked { get; set; }

    public bool IsUnderWay => Volatile.Read(ref _underWay) != 0;

    public void Accept(IActorRef listenerActor)
    {
        if (!Asked || _closed.IsCancellationRequested || Interlocked.Exchange(ref _underWay, 1) != 0) return;
        listener.AcceptAsync(_closed.Token).AsTask().PipeTo(listenerActor, failure: gone => new Failed(gone));
    }

    // The result has arrived: whoever asks next starts the next accept.
    public void Arrived() => Volatile.Write(ref _underWay, 0);

    public void Dispose()
    {
        _closed.Cancel();
        listener.Dispose();
    }

    public sealed record Failed(Exception Gone);
}
