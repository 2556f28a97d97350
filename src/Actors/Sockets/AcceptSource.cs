using System.Net;
using Akka.Actor;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets;

namespace Handoff.Sockets;

// The descriptor and the accept under way. There is one accept at a time. Its connection waits here, and the listener
// is told to take it: so neither a crash of the loop nor a notice that reaches nobody costs or leaks a connection.
internal sealed class AcceptSource(SocketListener listener) : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private readonly Landing _landing = new();
    private int _underWay;

    public EndPoint LocalEndPoint => listener.LocalEndPoint;

    public ISocketOptions Options => listener;

    // The loop was told that there is room; the next connection uses it up.
    public bool Asked { get; set; }

    public bool IsUnderWay => Volatile.Read(ref _underWay) != 0;

    public void Accept(IActorRef listenerActor)
    {
        if (!Asked || _closed.IsCancellationRequested || Interlocked.Exchange(ref _underWay, 1) != 0) return;
        AcceptAsync().PipeTo(listenerActor);
    }

    // What the listener was told of, if it brought a connection: whoever asks next starts the next accept.
    public SocketConnection? Take()
    {
        var connection = _landing.Take();
        Volatile.Write(ref _underWay, 0);
        return connection;
    }

    public void Dispose()
    {
        _closed.Cancel();
        listener.Dispose();
        _landing.Close();
    }

    private async Task<Arrived> AcceptAsync()
    {
        try
        {
            var (connection, result) = await listener.AcceptAsync(_closed.Token).ConfigureAwait(false);
            if (connection is not null) _landing.Put(connection);
            return new Arrived(result);
        }
        catch (Exception gone)
        {
            return new Arrived(new SocketResult(ResultCode.EEACCEPT, gone.Message));
        }
    }

    public sealed record Arrived(SocketResult Result);
}
