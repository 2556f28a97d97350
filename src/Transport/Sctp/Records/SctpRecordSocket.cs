using System.Buffers;
using System.Net;
using System.Runtime.CompilerServices;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sctp.Endpoints;

namespace Handoff.Transport.Sctp.Records;

// One association, of whatever style, as a connection of records: so it is leased, offered and released as every such
// connection is. Its pieces are put together here, so that those of two streams must not mix (fragment interleave 2).
internal class SctpRecordSocket : IDatagramSocket
{
    private readonly ArrayBufferWriter<byte> _pieces = new();
    private readonly ISctpSocket _socket;
    private SctpEventKinds _wanted;
    private bool _isCut;
    private volatile State _state;

    private enum State
    {
        Open,
        Reset, // by the peer
        Over,
    }

    protected SctpRecordSocket(ISctpSocket socket)
    {
        _socket = socket;
        Events = socket.Events;
    }

    public ISctpSocket Association => _socket;

    // Those that are told of it. One tells that the rest of a record does not come, and is needed here.
    public SctpEventKinds Events
    {
        get => _wanted;
        set
        {
            _wanted = value;
            _socket.Events = value | SctpEventKinds.PartialDeliveryAborted;
        }
    }

    public EndPoint? LocalEndPoint => _socket.LocalEndPoints[0];

    public EndPoint? RemoteEndPoint => _socket.RemoteEndPoint;

    public bool IsConnected => true;

    public bool HasEnd => true;

    public bool CanWaitToSend => true;

    public bool TakesSendInfo => true;

    public long? Dropped => null;

    // Of a record some has come, and some not.
    protected bool IsInPart => _pieces.WrittenCount > 0 || _isCut;

    public DatagramResult TryReceive(Span<byte> buffer)
    {
        while (_state is State.Open)
        {
            var received = _socket.TryReceive(buffer);
            if (!received.IsSuccess && received.Code is not ResultCode.EENOTCONN)
                return DatagramResult.Failed(received.Code);
            if (!received.IsSuccess) _state = State.Over;
            else if (received.Event is { } what && Told(what) is { } told) return told;
            else if (received.Event is null && Whole(buffer, received) is { } record) return record;
        }

        return DatagramResult.End;
    }

    public ValueTask<IoResult> WaitReadableAsync() => _socket.WaitReadableAsync();

    public void StopWaiting() => _socket.StopWaiting();

    public IoResult TrySend(ReadOnlySpan<byte> message, EndPoint? to) => TrySend(message, to, default);

    public IoResult TrySend(ReadOnlySpan<byte> message, EndPoint? to, in SctpSendInfo info)
    {
        if (message.IsEmpty) return IoResult.Failed(ResultCode.EEBADDATA);
        var sent = _socket.TrySend(message, info, to as IPEndPoint);
        return sent.Code is ResultCode.EENOTCONN && _state is State.Reset ? IoResult.Failed(ResultCode.EERESET) : sent;
    }

    public ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> message, EndPoint? to) =>
        SendAsync(message, to, default);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> message, EndPoint? to, SctpSendInfo info)
    {
        while (true)
        {
            var sent = TrySend(message.Span, to, info);
            if (sent.Code is not ResultCode.EEWOULDBLOCK) return sent;
            var room = await _socket.WaitWritableAsync().ConfigureAwait(false);
            if (!room.IsSuccess) return room;
        }
    }

    // There is no half of an association: what the peer had accepted still comes, and nothing after that.
    public ResultCode ShutdownSend()
    {
        var end = _socket.TrySend([], new SctpSendInfo { Flags = SctpSendFlags.EndAssociation });
        return end.Code is ResultCode.EENOTCONN ? ResultCode.EERESET : end.Code;
    }

    public SocketResult SetOption(SocketOption option) => _socket.SetOption(option);

    public OptionResult GetOption(SocketOptionKind kind) => _socket.GetOption(kind);

    public SocketResult SetRawOption(int level, int name, ReadOnlySpan<byte> value) =>
        _socket.SetRawOption(level, name, value);

    public RawOptionResult GetRawOption(int level, int name, int size) => _socket.GetRawOption(level, name, size);

    public void Abort() => _socket.Abort();

    public void Dispose() => _socket.Dispose();

    public static SctpRecordSocket Of(ISctpSocket socket) =>
        socket is IPassable passable and not SharedAssociation { MayLeave: false }
            ? new PassableRecordSocket(socket, passable)
            : new SctpRecordSocket(socket);

    // What is told of its life is told by its beginning and its end.
    private DatagramResult? Told(SctpEvent what)
    {
        if (what is SctpPartialDeliveryAborted || what.IsLast()) Drop();
        if (!what.IsLast()) return what is not SctpUp && _wanted.Tells(what) ? DatagramResult.Of(what) : null;
        var failure = what is SctpLost { Code: not ResultCode.EEABORTED } lost ? lost.Code : (ResultCode?)null;
        _state = failure is ResultCode.EERESET ? State.Reset : State.Over;
        return failure is { } code ? DatagramResult.Failed(code) : null;
    }

    // Null while pieces are missing. What does not fit is lost, and told.
    private DatagramResult? Whole(Span<byte> buffer, in SctpReceived received)
    {
        if (received.IsEndOfMessage && _pieces.WrittenCount == 0 && !_isCut)
            return Record(received, received.Bytes, DatagramMarks.None);
        var room = buffer.Length - _pieces.WrittenCount;
        _isCut |= received.Bytes > room;
        _pieces.Write(buffer[..Math.Min(Math.Max(room, 0), received.Bytes)]);
        if (!received.IsEndOfMessage) return null;
        _pieces.WrittenSpan.CopyTo(buffer);
        var marks = _isCut ? DatagramMarks.Truncated : DatagramMarks.None;
        var record = Record(received, _pieces.WrittenCount, marks);
        Drop();
        return record;
    }

    private static DatagramResult Record(in SctpReceived received, int bytes, DatagramMarks marks) =>
        new(bytes, received.Sender, marks, received.Code) { Info = received.Info };

    private void Drop()
    {
        _pieces.ResetWrittenCount();
        _isCut = false;
    }
}
