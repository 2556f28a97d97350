using System.Diagnostics.CodeAnalysis;
using System.Net;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Sctp;

namespace Handoff.TestKit.Simulation.Sctp;

internal sealed partial class SimulatedSctpSocket
{
    public IoResult TrySend(ReadOnlySpan<byte> message, in SctpSendInfo info, IPEndPoint? to = null)
    {
        var wakes = default(Wakes);
        ResultCode code;
        lock (_core.Gate)
        {
            if (_isClosed) return IoResult.Failed(ResultCode.EEBADF);
            if (SctpRules.Obstacle(Style, message.Length, info, to) is { } obstacle) return IoResult.Failed(obstacle);
            code = Find(info, to, out var end);
            if (end is not null) code = Send(end, message, info, to, ref wakes);
            else if (code is ResultCode.EESUCCESS) code = SetUpAndSend(message, info, to!, ref wakes);
            _isFull |= code is ResultCode.EEWOULDBLOCK;
        }

        wakes.Fire();
        return code is ResultCode.EESUCCESS ? IoResult.Moved(message.Length) : IoResult.Failed(code);
    }

    public ValueTask<IoResult> WaitWritableAsync()
    {
        lock (_core.Gate)
        {
            if (_isClosed) return new(IoResult.Failed(ResultCode.EEBADF));
            if (_only is { IsOver: true }) return new(IoResult.Failed(ResultCode.EENOTCONN));
            if (!_isFull) return new(IoResult.Moved(0));
            _write.Arm();
            return _write.Armed;
        }
    }

    // Under the gate.
    public void NoticeRoom(ref Wakes wakes)
    {
        _isFull = false;
        if (_write.IsWaiting) _write.End(WriteReadiness(), ref wakes);
    }

    private ResultCode Find(in SctpSendInfo info, IPEndPoint? to, out AssociationEnd? end)
    {
        end = _only;
        if (end is not null) return ResultCode.EESUCCESS;
        if (info.Association != default)
            return _ends.TryGetValue(info.Association, out end) ? ResultCode.EESUCCESS : ResultCode.EENOTCONN;
        if (!IsFit(to!)) return ResultCode.EEBADADDR;
        end = _place.With(to!);
        if (end is null || end.Socket == this) return ResultCode.EESUCCESS;
        end = null;
        return ResultCode.EEADDRINUSE;
    }

    private static ResultCode Send(
        AssociationEnd end, ReadOnlySpan<byte> message, in SctpSendInfo info, IPEndPoint? to, ref Wakes wakes)
    {
        if (info.Flags.HasFlag(SctpSendFlags.AddressOverride) && !end.Peers.Contains(to!)) return ResultCode.EEINVAL;
        return end.Send(message, info, ref wakes);
    }

    private ResultCode SetUpAndSend(ReadOnlySpan<byte> message, in SctpSendInfo info, IPEndPoint to, ref Wakes wakes)
    {
        if (message.IsEmpty) return ResultCode.EENOTCONN; // nothing to end
        var end = new AssociationEnd(_core, _place, this, [to]);
        var code = end.Send(message, info, ref wakes);
        if (code is not ResultCode.EESUCCESS)
        {
            _place.Remove(end);
            return code;
        }

        _ends.Add(end.Id, end);
        _network.Begin(end, ref wakes);
        return code;
    }

    private bool IsFit([NotNullWhen(true)] IPEndPoint? to) =>
        to is { Port: > 0 } && _place.Addresses.Any(address => address.AddressFamily == to.AddressFamily);

    private IoResult WriteReadiness() =>
        _isClosed ? IoResult.Failed(ResultCode.EEBADF)
        : _only is { IsOver: true } ? IoResult.Failed(ResultCode.EENOTCONN)
        : IoResult.Moved(0);
}
