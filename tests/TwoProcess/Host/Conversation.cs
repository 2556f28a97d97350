using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Frames;

namespace Handoff.TwoProcess.Tests.Host;

/// <summary>
/// A service on a connection: it consumes what comes in records and puts them down in a file, and sends as much as the
/// other side takes. It can be stopped at any byte, and goes on there in whatever process.
/// </summary>
internal sealed class Conversation(LinuxEngine engine, Dialogue dialogue, string file)
{
    public const int RecordSize = 1000;

    private const int Chunk = 64 * 1024;

    private readonly byte[] _received = new byte[Chunk];
    private readonly TaskCompletionSource _isWellUnderWay = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LinuxStreamSocket? _socket;
    private int _unread;
    private long _consumed;
    private long _accepted;
    private ReadOnlyMemory<byte> _unsent;
    private long _consumedBefore;
    private long _acceptedBefore;
    private bool _isShut;
    private Task<ResultCode>[] _flows = [];

    // How much it consumes and sends at this place; then it waits to be moved.
    public long MostConsumed { get; set; } = long.MaxValue;

    public long MostAccepted { get; set; } = long.MaxValue;

    // All of that was consumed.
    public Task IsWellUnderWay => _isWellUnderWay.Task;

    // Bytes still flow both ways.
    public bool IsUnderTraffic => _consumed < dialogue.Inbound.Length && _accepted < dialogue.Outbound.Length;

    public SocketFacts Facts =>
        new(HandleKind.Stream, "tcp", _socket!.LocalEndPoint, _socket.RemoteEndPoint, 0, 0, null);

    public void Begin(IStreamSocket socket)
    {
        _socket = (LinuxStreamSocket)socket;
        (_consumedBefore, _acceptedBefore) = (_consumed, _accepted);
        _flows = [ReceiveAllAsync(_socket), SendAllAsync(_socket)];
    }

    public void Begin(IStreamSocket socket, SocketBaggage baggage)
    {
        (_consumed, _accepted) = (baggage.Consumed, baggage.Written);
        _isShut = baggage.Ends is SocketEnds.Output;
        var unread = baggage.Unread[0].Bytes;
        unread.CopyTo(_received);
        _unread = unread.Length;
        _unsent = baggage.Unsent[0].Bytes;
        Begin(socket);
    }

    // Out of the engine at any byte; what is pending ends, and tells how far it came.
    public async Task<(SocketDescriptor Descriptor, SocketBaggage Baggage)> StopAsync()
    {
        SocketOr<SocketDescriptor> handedOut;
        do handedOut = _socket!.HandOut();
        while (handedOut.Code is ResultCode.EEBUSY);
        await Task.WhenAll(_flows);
        var baggage = new SocketBaggage(
            _consumed, _accepted, _isShut ? SocketEnds.Output : SocketEnds.None,
            [new QueuedMessage(null, _received.AsMemory(0, _unread).ToArray())],
            [new QueuedMessage(null, _unsent)]);
        return (handedOut.Socket!, baggage);
    }

    // It stays, to its end.
    public void GoOn(SocketDescriptor descriptor)
    {
        (MostConsumed, MostAccepted) = (long.MaxValue, long.MaxValue);
        Begin(engine.Adopt(descriptor).Socket!);
    }

    // Success where all came and all went, else what ended it.
    public async Task<ResultCode> EndAsync()
    {
        var codes = await Task.WhenAll(_flows);
        _socket!.Dispose();
        return codes.FirstOrDefault(code => code is not ResultCode.EESUCCESS, ResultCode.EESUCCESS);
    }

    private async Task<ResultCode> ReceiveAllAsync(LinuxStreamSocket socket)
    {
        await using var consumed = new FileStream(
            file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        while (true)
        {
            Consume(consumed);
            if (_consumed == dialogue.Inbound.Length) return ResultCode.EESUCCESS;
            var left = MostConsumed - (_consumed - _consumedBefore);
            if (left <= 0)
            {
                _isWellUnderWay.TrySetResult();
                return ResultCode.EESUCCESS;
            }

            // Of a record something stays, so that there is always something unread.
            var most = (int)Math.Min(left, Chunk - RecordSize) + RecordSize - _unread;
            var received = await socket.ReceiveAsync(_received.AsMemory(_unread, most));
            if (!received.IsSuccess) return received.Code;
            if (received.Bytes == 0) return ResultCode.EENOTCONN;
            _unread += received.Bytes;
        }
    }

    private ResultCode Shut(LinuxStreamSocket socket)
    {
        var code = _isShut ? ResultCode.EESUCCESS : socket.ShutdownSend();
        _isShut = code is ResultCode.EESUCCESS;
        return code;
    }

    // In whole records, but for the last.
    private void Consume(FileStream consumed)
    {
        var isLast = _consumed + _unread == dialogue.Inbound.Length;
        var count = isLast ? _unread : _unread - (_unread % RecordSize);
        if (count == _unread && !isLast && count > 0) count -= RecordSize;
        consumed.Write(_received, 0, count);
        _received.AsSpan(count, _unread - count).CopyTo(_received);
        _unread -= count;
        _consumed += count;
    }

    private async Task<ResultCode> SendAllAsync(LinuxStreamSocket socket)
    {
        while (true)
        {
            if (_unsent.IsEmpty)
            {
                if (_accepted == dialogue.Outbound.Length) return Shut(socket);
                var room = Math.Min(Chunk, MostAccepted - (_accepted - _acceptedBefore));
                if (room <= 0) return ResultCode.EESUCCESS;
                var next = new byte[Math.Min(room, dialogue.Outbound.Length - _accepted)];
                dialogue.Outbound.Fill(_accepted, next);
                _accepted += next.Length;
                _unsent = next;
            }

            var sent = await socket.SendAsync(_unsent);
            if (!sent.IsSuccess) return sent.Code;
            _unsent = _unsent[sent.Bytes..];
        }
    }
}
