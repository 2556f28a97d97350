using System.Buffers;
using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Kernel;

internal sealed partial class KernelSctpSocket
{
    // A notification is as long as a message at most, where it brings one back; what is longer is cut.
    private const int MostOfNotification = 1 << 20;
    private const int MostFailures = 16;

    // RFC 9260, 3.3.10.12.
    private const ushort UserAbort = 12;

    // Held while something is taken from the kernel, so that no association is peeled off in the middle of an event.
    private readonly Lock _receiving = new();
    private readonly SenderNames _senders = new();
    private readonly EndCauses _causes;
    private ArrayBufferWriter<byte>? _pieces;

    // The last event of an association, which the kernel tells before it gives back what was not sent; and one behind
    // which that has come to an end.
    private SctpReceived? _held;
    private SctpReceived? _due;

    private readonly record struct Taken(int Count, Errno Error, int Flags, IPEndPoint? Sender)
    {
        public SctpReceiveInfo? Info { get; init; }

        public SctpNextInfo? Next { get; init; }

        public bool IsNotification => (Flags & Numbers.Notification) != 0;

        public bool IsEnd => (Flags & Numbers.EndOfRecord) != 0;
    }

    public SctpReceived TryReceive(Span<byte> buffer)
    {
        if (buffer.IsEmpty) throw new ArgumentException("A receive needs a buffer.", nameof(buffer));
        lock (_receiving)
        {
            for (var failures = 0; failures < MostFailures;)
            {
                if (_phase is Phase.Over) return SctpReceived.Failed(
                    _descriptor.IsClosed ? ResultCode.EEBADF : ResultCode.EENOTCONN);
                if (!_descriptor.TryEnter()) return SctpReceived.Failed(ResultCode.EEBADF);
                if (_phase is Phase.Aborted)
                {
                    End();
                    _descriptor.Leave();
                    return SctpReceived.Of(new SctpLost(Association, ResultCode.EEABORTED, UserAbort), Primary);
                }

                var taken = _due is null ? Take(buffer) : default;
                var received = _due is { } due ? LastNow(due) : Ordered(Received(taken, buffer));
                _descriptor.Leave();
                if (received is { } result) return result;
                if (taken.Error is not Errno.None) failures++;
            }

            return SctpReceived.Failed(ResultCode.EERECV);
        }
    }

    // Null: nothing for the owner, and there may be more.
    private SctpReceived? Received(in Taken taken, Span<byte> buffer)
    {
        if (taken.Error is Errno.TryAgain) return SctpReceived.Failed(ResultCode.EEWOULDBLOCK);
        var isEmpty = taken is { Error: Errno.None, IsNotification: false, Count: 0 };
        if (isEmpty && Style is SctpStyle.OneToOne) return EndOfFile();

        // More may be there, behind a failure too.
        _descriptor.Report();
        if (taken.Error is not Errno.None) return Failed(taken.Error);
        if (taken.IsNotification) return Told(taken, buffer);
        if (isEmpty) return null;
        return new SctpReceived(ResultCode.EESUCCESS, taken.Count, taken.IsEnd)
        {
            Info = taken.Info ?? default,
            Next = taken.Next,
            Sender = taken.Sender,
        };
    }

    private unsafe Taken Take(Span<byte> buffer)
    {
        _descriptor.Clear();
        var name = stackalloc byte[Native.LargestAddress];
        var control = stackalloc byte[MessageFacts.MostRead];
        MessageHeader header;
        nint count;
        Errno error;
        do
        {
            fixed (byte* start = buffer)
            {
                var vector = new IoVector { Base = start, Length = (nuint)buffer.Length };
                header = new MessageHeader
                {
                    Name = name,
                    NameLength = Native.LargestAddress,
                    Vectors = &vector,
                    VectorCount = 1,
                    Control = control,
                    ControlLength = MessageFacts.MostRead,
                };
                count = SystemCalls.ReceiveMessage(_descriptor.Number, &header, Native.DontWait);
            }

            error = count < 0 ? Errors.Now : Errno.None;
        }
        while (error is Errno.Interrupted);
        if (error is not Errno.None) return new Taken(0, error, 0, null);
        var (info, next) = MessageFacts.Read(new ReadOnlySpan<byte>(control, (int)header.ControlLength));
        var sender = _senders.Read(new ReadOnlySpan<byte>(name, (int)header.NameLength)) as IPEndPoint;
        return new Taken((int)count, Errno.None, header.Flags, sender) { Info = info, Next = next };
    }

    // What does not fit into the buffer comes with the next call, and before anything else.
    private SctpReceived? Told(in Taken taken, ReadOnlySpan<byte> buffer)
    {
        var bytes = buffer[..taken.Count];
        if (!taken.IsEnd || _pieces is not null)
        {
            _pieces ??= new ArrayBufferWriter<byte>();
            _pieces.Write(bytes[..Math.Min(bytes.Length, MostOfNotification - _pieces.WrittenCount)]);
            if (!taken.IsEnd) return null;
            bytes = _pieces.WrittenSpan;
        }

        var parsed = NotificationParser.Parse(bytes);
        _pieces = null;
        if (parsed is not { } notification) return null;
        _causes.Heard(notification, taken.Sender);
        return notification.Event is { } what ? Told(what, taken.Sender) : null;
    }

    private SctpReceived? Told(SctpEvent what, IPEndPoint? sender)
    {
        if (!what.IsLast()) return _wanted.Tells(what) ? SctpReceived.Of(what, sender) : null;
        var number = _descriptor.Number;
        var isOnly = Style is not SctpStyle.OneToMany;
        var pending = isOnly ? SocketOptions.TakeError(number) : Errno.None;
        var last = _causes.Explain(what, sender, pending, () => KernelOptions.TriesOf(number));
        return SctpReceived.Of(last, sender);
    }

    // Of one of many associations the event tells it, of the only one it did before.
    private SctpReceived? Failed(Errno error)
    {
        if (error is Errno.BadDescriptor or Errno.NotASocket) return SctpReceived.Failed(ResultCode.EEBADF);
        if (Style is SctpStyle.OneToMany) return null;
        return SctpReceived.Of(
            new SctpLost(Association, EndCauses.CodeOf(error) ?? ResultCode.EERESET, Cause: 0), Primary);
    }

    // The peer sends no more, and the last event is still to come, which wakes the reader; but not where both
    // directions are shut before, or where all was over before it was accepted.
    private SctpReceived? EndOfFile()
    {
        var number = _descriptor.Number;
        if (KernelCalls.Status(number, Association).IsSuccess) return SctpReceived.Failed(ResultCode.EEWOULDBLOCK);
        SctpEvent last = EndCauses.CodeOf(SocketOptions.TakeError(number)) is { } code
            ? new SctpLost(Association, code, Cause: 0)
            : new SctpShutdownComplete(Association);
        return SctpReceived.Of(last, Primary);
    }

    private SctpReceived? Ordered(in SctpReceived? received)
    {
        if (received is not { } now) return null;
        if (now.Event?.IsLast() == true)
        {
            if (!_wanted.HasFlag(SctpEventKinds.SendFailed)) return LastNow(now);
            var before = _held;
            _held = now;
            return before is { } earlier ? LastNow(earlier) : null;
        }

        if (_held is not { } held) return now;
        if (now.Event is SctpSendFailed failed && failed.Association == held.Event!.Association) return now;
        _held = null;
        if (now.Code is ResultCode.EEWOULDBLOCK) return LastNow(held);
        _due = held;
        return now;
    }

    private SctpReceived LastNow(SctpReceived last)
    {
        _due = null;
        if (Style is not SctpStyle.OneToMany) End();
        return last;
    }

    private void End()
    {
        _phase = Phase.Over;
        _descriptor.Report();
        _descriptor.ReportWritable();
    }

    // Bounded by what the kernel holds for the socket.
    private void AbortThoseUnread()
    {
        var unread = new HashSet<SctpAssociationId>();
        Span<byte> buffer = stackalloc byte[4096];
        lock (_receiving)
        {
            if (!_descriptor.TryEnter()) return;
            for (var failures = 0; failures < MostFailures;)
            {
                var taken = Take(buffer);
                if (taken.Error is Errno.TryAgain) break;
                if (taken.Error is not Errno.None) failures++;
                else if (!taken.IsNotification && taken.Info is { } info) unread.Add(info.Association);
            }

            _descriptor.Leave();
        }

        foreach (var association in unread)
            _ = TrySend([], new SctpSendInfo { Association = association, Flags = SctpSendFlags.Abort });
    }
}
