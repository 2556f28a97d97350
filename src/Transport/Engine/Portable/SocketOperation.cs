using System.Buffers;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;

namespace Handoff.Transport.Engine.Portable;

// One direction's calls on a socket, one at a time, reused for ever; failures come as codes and not as exceptions.
internal sealed class SocketOperation(Socket socket, Func<SocketError, ResultCode> codeOf)
    : SocketAsyncEventArgs(true), IValueTaskSource<IoResult>
{
    private readonly List<ArraySegment<byte>> _gathered = [];
    private ManualResetValueTaskSourceCore<IoResult> _core;

    // Whether what looks like an end is a reset.
    public Func<bool>? IsReset { get; init; }

    public ValueTask<IoResult> ReceiveAsync(Memory<byte> buffer) => Start(buffer, isSend: false);

    public ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> bytes)
        => Start(MemoryMarshal.AsMemory(bytes), isSend: true);

    public ValueTask<IoResult> SendAsync(in ReadOnlySequence<byte> bytes)
    {
        _gathered.Clear();
        foreach (var memory in bytes)
        {
            // Blocks are arrays; whatever is not goes by itself.
            if (!MemoryMarshal.TryGetArray(memory, out var array)) return SendAsync(bytes.First);
            if (array.Count > 0) _gathered.Add(array);
        }

        return Start(default, isSend: true);
    }

    public IoResult GetResult(short token) => _core.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _core.OnCompleted(continuation, state, token, flags);

    protected override void OnCompleted(SocketAsyncEventArgs e) => _core.SetResult(Outcome());

    private ValueTask<IoResult> Start(Memory<byte> buffer, bool isSend)
    {
        _core.Reset();
        try
        {
            // One of the two must be empty before the other is set. No buffer means: what was gathered.
            if (BufferList is not null) BufferList = null;
            SetBuffer(buffer);
            if (buffer.IsEmpty) BufferList = _gathered;
            var isPending = isSend ? socket.SendAsync(this) : socket.ReceiveAsync(this);
            return isPending
                ? new ValueTask<IoResult>(this, _core.Version)
                : new ValueTask<IoResult>(Outcome());
        }
        catch (ObjectDisposedException)
        {
            return new ValueTask<IoResult>(IoResult.Failed(ResultCode.EEBADF));
        }
    }

    private IoResult Outcome() => SocketError switch
    {
        SocketError.Success when BytesTransferred == 0 && IsReset?.Invoke() is true =>
            IoResult.Failed(ResultCode.EERESET),
        SocketError.Success => IoResult.Moved(BytesTransferred),
        var error => new IoResult(BytesTransferred, codeOf(error)),
    };
}
