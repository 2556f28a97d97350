using System.Net.Sockets;

namespace Handoff.Bench.Echo;

// One connection. Everything runs where the socket calls back; only the count is read elsewhere.
internal sealed class RequestLoop : IDisposable
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SocketAsyncEventArgs _receive = new();
    private readonly Exchange _exchange;
    private readonly byte[] _reply;
    private readonly Socket _socket;
    private readonly StopSign _stop;
    private int _received;
    private long _done;

    public RequestLoop(Socket socket, Exchange exchange, StopSign stop)
    {
        _exchange = exchange;
        _reply = new byte[exchange.ReplySize];
        _socket = socket;
        _stop = stop;
        _receive.SetBuffer(_reply, 0, _reply.Length);
        _receive.Completed += (_, _) => Run(isReceived: true);
    }

    public long Done => Volatile.Read(ref _done);

    public Task Ended => _ended.Task;

    public void Start() => Run(isReceived: false);

    public void Dispose()
    {
        _receive.Dispose();
        _socket.Dispose();
    }

    private void Run(bool isReceived)
    {
        try
        {
            if (!isReceived) _socket.Send(_exchange.Request);
            else if (!Take()) return;

            // A receive that completes at once does not call back.
            while (!_socket.ReceiveAsync(_receive) && Take())
            {
            }
        }
        catch (Exception e) when (e is SocketException or BenchFailedException)
        {
            Dispose();
            _ended.TrySetException(e);
        }
    }

    // True if a receive is to follow.
    private bool Take()
    {
        if (_receive.SocketError != SocketError.Success)
            throw new SocketException((int)_receive.SocketError);
        if (_receive.BytesTransferred == 0)
            throw new BenchFailedException("The server closed a connection in the middle of a request.");
        _received += _receive.BytesTransferred;
        if (_received == _reply.Length)
        {
            if (!_reply.AsSpan().StartsWith(_exchange.ReplyBegins))
                throw new BenchFailedException("A reply is not that of its request.");
            Volatile.Write(ref _done, _done + 1);
            if (_stop.IsSet)
            {
                Dispose();
                _ended.TrySetResult();
                return false;
            }

            _received = 0;
            _socket.Send(_exchange.Request);
        }

        _receive.SetBuffer(_received, _reply.Length - _received);
        return true;
    }
}
