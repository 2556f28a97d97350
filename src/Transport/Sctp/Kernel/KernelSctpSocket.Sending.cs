using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Kernel;

internal sealed partial class KernelSctpSocket
{
    public IoResult TrySend(ReadOnlySpan<byte> message, in SctpSendInfo info, IPEndPoint? to = null)
    {
        if (_descriptor.IsClosed) return IoResult.Failed(ResultCode.EEBADF);
        if (SctpRules.Obstacle(Style, message.Length, info, to) is { } obstacle) return IoResult.Failed(obstacle);
        if (_phase is not Phase.Live) return IoResult.Failed(ResultCode.EENOTCONN);
        if (!_descriptor.TryEnter()) return IoResult.Failed(ResultCode.EEBADF);
        var code = Style is SctpStyle.OneToMany ? SendToOne(message, info, to) : SendToOnly(message, info, to);
        _descriptor.Leave();
        return code is ResultCode.EESUCCESS ? IoResult.Moved(message.Length) : IoResult.Failed(code);
    }

    // To the kernel an address says more than an id: with an address that nobody has yet it begins an association.
    private ResultCode SendToOne(ReadOnlySpan<byte> message, in SctpSendInfo info, IPEndPoint? to)
    {
        var number = _descriptor.Number;
        if (info.Association is { Value: not 0 } association)
        {
            if (!info.Flags.HasFlag(SctpSendFlags.AddressOverride)) return Send(message, info, association, null);
            return KernelCalls.AssociationWith(number, to!) == association
                ? Send(message, info, association, to)
                : KernelCalls.Status(number, association).IsSuccess ? ResultCode.EEINVAL : ResultCode.EENOTCONN;
        }

        if (!IsFit(to!)) return ResultCode.EEBADADDR;
        var isThere = KernelCalls.AssociationWith(number, to!) is not null;
        if (!isThere && message.IsEmpty) return ResultCode.EENOTCONN; // nothing to end
        if (isThere) return Send(message, info, default, to);
        lock (_receiving)
        {
            var code = Send(message, info, default, to);
            if (code is ResultCode.EESUCCESS) _causes.Begins(to!);
            return code;
        }
    }

    // One-to-one sockets take neither end nor abort from a message, and peeled ones no address.
    private ResultCode SendToOnly(ReadOnlySpan<byte> message, in SctpSendInfo info, IPEndPoint? to)
    {
        var overrides = info.Flags.HasFlag(SctpSendFlags.AddressOverride);
        if (overrides && KernelCalls.AssociationWith(_descriptor.Number, to!) is null) return ResultCode.EEINVAL;
        if (Style is SctpStyle.OneToOne && info.Flags.HasFlag(SctpSendFlags.Abort)) return AbortOnly();
        if (Style is SctpStyle.OneToOne && info.Flags.HasFlag(SctpSendFlags.EndAssociation)) return EndOnly();
        return Send(message, info, Association, overrides ? to : null);
    }

    private unsafe ResultCode Send(
        ReadOnlySpan<byte> message, in SctpSendInfo info, SctpAssociationId association, IPEndPoint? to)
    {
        var name = stackalloc byte[Native.LargestAddress];
        var control = stackalloc byte[MessageFacts.MostWritten];
        var length = to is null ? 0 : SocketName.Write(to, new Span<byte>(name, Native.LargestAddress));
        var controlLength = MessageFacts.Write(info, association, new Span<byte>(control, MessageFacts.MostWritten));
        _descriptor.ClearWritable();
        Errno error;
        do
        {
            fixed (byte* start = message)
            {
                var vector = new IoVector { Base = start, Length = (nuint)message.Length };
                var header = new MessageHeader
                {
                    Name = to is null ? null : name,
                    NameLength = (uint)length,
                    Vectors = &vector,
                    VectorCount = 1,
                    Control = control,
                    ControlLength = (nuint)controlLength,
                };
                var sent = SystemCalls.SendMessage(_descriptor.Number, &header, Native.DontWait | Native.NoSignal);
                error = sent < 0 ? Errors.Now : Errno.None;
            }
        }
        while (error is Errno.Interrupted);
        return OfSend(error);
    }

    private static ResultCode OfSend(Errno error) => error switch
    {
        Errno.None => ResultCode.EESUCCESS,
        Errno.TryAgain => ResultCode.EEWOULDBLOCK,

        // No such association here, or one that is ending; an error of it that was pending is told by its last event.
        Errno.BrokenPipe or Errno.ShutDown or Errno.NotConnected or Errno.Reset or Errno.Aborted or Errno.TimedOut
            or Errno.Refused => ResultCode.EENOTCONN,
        Errno.AddressNotAvailable => ResultCode.EEADDRINUSE,
        Errno.Invalid => ResultCode.EEINVAL,
        Errno.TooLong => ResultCode.EEMSGSIZE,
        Errno.HostUnreachable or Errno.NetworkUnreachable or Errno.HostDown or Errno.NetworkDown =>
            ResultCode.EEUNREACH,
        Errno.BadDescriptor or Errno.NotASocket => ResultCode.EEBADF,
        _ => ResultCode.EESENDTO,
    };

    // A shutdown of both directions would keep the last event from being told: see EndOfFile.
    private ResultCode EndOnly()
    {
        if (SystemCalls.Shutdown(_descriptor.Number, Native.ShutdownSend) == 0) return ResultCode.EESUCCESS;
        return OfSend(Errors.Last);
    }

    // The kernel aborts a one-to-one association by its close only. So that the descriptor stays, an empty one takes
    // its place; what was not received is lost with it. The reason cannot be sent.
    private ResultCode AbortOnly()
    {
        lock (_receiving)
        {
            if (_phase is not Phase.Live) return ResultCode.EENOTCONN;
            var empty = SystemCalls.Socket(Native.FamilyIPv4, Native.StreamSocket | Native.CloseOnExec, 0);
            if (empty < 0) return Errors.OfSocket(Errors.Last);
            using var other = new SocketDescriptor(empty);
            SocketOptions.ResetOnClose(_descriptor.Number);
            if (SystemCalls.Replace(empty, _descriptor.Number, Native.CloseOnExec) < 0) return ResultCode.EESENDTO;
            _phase = Phase.Aborted;
        }

        _descriptor.Report();
        _descriptor.ReportWritable();
        return ResultCode.EESUCCESS;
    }

    private bool IsFit(IPEndPoint to)
    {
        if (to.Port == 0) return false;
        foreach (var local in _local)
        {
            if (local.AddressFamily == to.AddressFamily) return true;
        }

        return false;
    }
}
