using System.Net;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Handles.Passing;

// One end of the connection between two processes that pass descriptors: a Unix socket of records on a loop of the
// engine. A message is whole, with all its descriptors, or it failed and none of them is open here. One send and one
// receive at a time. After a failure that is no end, later messages still come.
internal sealed class ControlSocket : IDisposable
{
    private readonly Descriptor _descriptor;
    private readonly LinuxEngine _engine;
    private readonly HandleOptions _options;
    private readonly byte[] _buffer;
    private readonly BoundedWait _readable;
    private readonly BoundedWait _writable;
    private bool _wasReset;

    private ControlSocket(LinuxEngine engine, Descriptor descriptor, HandleOptions options)
    {
        _engine = engine;
        _descriptor = descriptor;
        _options = options;
        _buffer = new byte[options.MaxFrame];
        _readable = new BoundedWait(
            descriptor, options.TimeProvider, static one => one.WaitReadableAsync(), static one => one.Interrupt());
        _writable = new BoundedWait(
            descriptor,
            options.TimeProvider,
            static one => one.WaitWritableAsync(),
            static one => one.InterruptWritable());
        Peer = SocketOptions.PeerOf(descriptor.Number);
    }

    // Who connected, or began to listen, which may be an earlier generation of the process that has the socket now:
    // each message tells its own sender.
    public PeerCredentials? Peer { get; }

    // Each sender must be one of these; another's message fails with EESECURITY.
    public PeerRule Rule { get; init; } = PeerRule.SameUser;

    public static async ValueTask<SocketOr<ControlSocket>> ConnectAsync(
        LinuxEngine engine, EndPoint to, HandleOptions options, PeerRule rule, CancellationToken cancellationToken)
    {
        var (socket, code) = await engine.ConnectRecordsAsync(
            to, options.SendTimeout, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        return socket is null ? code : Adopt(engine, socket, options, rule);
    }

    // The socket goes into this one, or is closed.
    public static SocketOr<ControlSocket> Adopt(
        LinuxEngine engine, IDatagramSocket connected, HandleOptions options, PeerRule rule)
    {
        using var socket = (LinuxDatagramSocket)connected;
        if (!socket.HasEnd) return ResultCode.EEMODENOTSUPP;
        var (descriptor, code) = socket.HandOut();
        return descriptor is null ? code : Adopt(engine, descriptor, options, rule);
    }

    // Two ends that are connected to each other, for a process and its child.
    public static unsafe SocketOr<ControlPair> Pair(
        LinuxEngine engine, HandleOptions options, PeerRule rule)
    {
        const int Type = Native.RecordSocket | Native.NonBlocking | Native.CloseOnExec;
        var ends = stackalloc int[2];
        if (SystemCalls.SocketPair(Native.FamilyUnix, Type, 0, ends) != 0) return Errors.OfSocket(Errors.Last);
        using var first = new SocketDescriptor(ends[0]);
        using var second = new SocketDescriptor(ends[1]);
        var (one, code) = Adopt(engine, first, options, rule);
        if (one is null) return code;
        var (other, otherCode) = Adopt(engine, second, options, rule);
        if (other is not null) return new ControlPair(one, other);
        one.Dispose();
        return otherCode;
    }

    public static SocketOr<ControlSocket> Adopt(
        LinuxEngine engine, SocketDescriptor descriptor, HandleOptions options, PeerRule rule)
    {
        using (descriptor)
        {
            // Whoever sends first has it set, so that no message comes without its sender.
            if (!SocketOptions.TrySet(descriptor.Number, Native.SocketLevel, Native.PassCredentials, 1))
                return ResultCode.EESETSOCKOPT;
            return new ControlSocket(engine, engine.Place(descriptor.Take(), isShared: true), options) { Rule = rule };
        }
    }

    // Sends one message, whole or not at all. The descriptors stay the caller's.
    public async ValueTask<SocketResult> SendAsync(
        ReadOnlyMemory<byte> bytes, IReadOnlyList<SocketDescriptor> descriptors, CancellationToken cancellationToken)
    {
        var bound = new Bound(_options.SendTimeout, _options.TimeProvider);
        while (true)
        {
            var sent = TrySend(bytes.Span, descriptors);
            if (sent.Code is not ResultCode.EEWOULDBLOCK) return sent;
            var waited = await _writable.WaitAsync(bound, cancellationToken).ConfigureAwait(false);
            if (waited is not ResultCode.EESUCCESS) return SocketResult.Of(waited);
        }
    }

    // Never waits: EEWOULDBLOCK where there is no room.
    public SocketResult TrySend(ReadOnlySpan<byte> bytes, IReadOnlyList<SocketDescriptor> descriptors)
    {
        if (bytes.IsEmpty) throw new ArgumentException("Descriptors need at least one byte.", nameof(bytes));
        if (bytes.Length > _options.MaxFrame)
            return new(ResultCode.EEMSGSIZE, $"a message of {bytes.Length} bytes; it may have {_options.MaxFrame}");
        if (descriptors.Count > ControlCalls.MostDescriptors)
            return new(ResultCode.EEMSGSIZE, $"{descriptors.Count} descriptors; a message takes 253");
        if (!_descriptor.TryEnter()) return SocketResult.Of(ResultCode.EEBADF);
        _descriptor.ClearWritable();
        Span<int> numbers = stackalloc int[descriptors.Count];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = descriptors[i].Number;
        ControlCalls.Send(_descriptor.Number, bytes, numbers, out var error);
        _descriptor.Leave();
        GC.KeepAlive(descriptors);
        return error switch
        {
            Errno.None => SocketResult.Success,
            Errno.TryAgain => SocketResult.Of(ResultCode.EEWOULDBLOCK),
            Errno.TooManyReferences => new(ResultCode.EENOSOCKS, "too many descriptors are under way (ETOOMANYREFS)"),
            Errno.BadDescriptor => new(ResultCode.EEBADF, "one of the descriptors is not open"),
            _ => SocketResult.Of(DatagramErrors.OfSend(error)),
        };
    }

    // Waits for a message, at most for so long (EETIMEDOUT), or until it is cancelled (EEINTR): neither loses one.
    public async ValueTask<ControlMessage> ReceiveAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        var bound = new Bound(within, _options.TimeProvider);
        while (true)
        {
            var message = TryReceive();
            if (message.Result.Code is not ResultCode.EEWOULDBLOCK) return message;
            var waited = await _readable.WaitAsync(bound, cancellationToken).ConfigureAwait(false);
            if (waited is ResultCode.EESUCCESS) continue;
            var isEnd = waited is not (ResultCode.EETIMEDOUT or ResultCode.EEINTR);
            return ControlMessage.Failed(waited, isEnd);
        }
    }

    public void Dispose()
    {
        _descriptor.Close();
        _readable.Dispose();
        _writable.Dispose();
    }

    public override string ToString() => $"control socket to process {Peer?.ProcessId}";

    private ControlMessage TryReceive()
    {
        while (true)
        {
            if (!_descriptor.TryEnter()) return ControlMessage.Failed(ResultCode.EEBADF, isEnd: true);
            _descriptor.Clear();
            var received = Receive();
            _descriptor.Leave();
            if (received.Error is Errno.TryAgain) return ControlMessage.Failed(ResultCode.EEWOULDBLOCK, isEnd: false);

            // More may be there, behind a failure too.
            _descriptor.Report();
            if (received.Error is Errno.Reset && !_wasReset)
            {
                // The peer closed with messages of ours unread, which is told once; its own come behind it.
                _wasReset = true;
                continue;
            }

            return received.Error is Errno.None
                ? Checked(received, new PassedDescriptors(received.Numbers))
                : ControlMessage.Failed(Errors.OfReceive(received.Error), isEnd: true);
        }
    }

    // Anybody may have sent it, and as many as a message takes: those of the reserve are not opened for a moment. Most
    // messages bring none, and then it need not be known how many there is room for.
    private ControlCalls.Received Receive()
    {
        var error = ControlCalls.Peek(_descriptor.Number, out var hasDescriptors);
        if (error is not Errno.None) return new(0, 0, [], null, error);
        if (!hasDescriptors) return ControlCalls.Receive(_descriptor.Number, _buffer, room: 0);
        lock (_engine.Reserve.Gate)
        {
            var room = _engine.Reserve.Free(ControlCalls.MostDescriptors);
            return ControlCalls.Receive(_descriptor.Number, _buffer, room);
        }
    }

    // All or nothing: the kernel closes what finds no room without an error, and says so by a flag.
    private ControlMessage Checked(in ControlCalls.Received received, PassedDescriptors passed)
    {
        var isEnd = received.Count == 0;
        var why = isEnd
            ? SocketResult.Of(_wasReset ? ResultCode.EERESET : ResultCode.EENOTCONN)
            : Fault(received);
        var bytes = _buffer.AsMemory(0, received.Count);
        if (why is null) return new(bytes, passed, received.Sender, SocketResult.Success, IsEnd: false);
        passed.Dispose();
        var isAnswered = why.Code is ResultCode.EEMSGSIZE or ResultCode.EESECURITY;
        return ControlMessage.Failed(why, isEnd) with { Bytes = isAnswered ? bytes : default };
    }

    private SocketResult? Fault(in ControlCalls.Received received)
    {
        var judged = Rule.Judge(received.Sender);
        if (!judged.IsSuccess) return judged;
        if ((received.Flags & Native.ControlTruncated) != 0)
            return new(ResultCode.EENOSOCKS, $"of the descriptors only {received.Numbers.Count} found room here");
        if ((received.Flags & Native.Truncated) != 0)
            return new(ResultCode.EEMSGSIZE, $"a message of more than {_buffer.Length} bytes");
        if (received.Numbers.Exists(_engine.Reserve.Has))
            return new(ResultCode.EENOSOCKS, "the descriptors would be of those that are left to others");
        return null;
    }
}
