using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Kernel;

// How an association leaves for another process, or goes on here: all that there is of it is the kernel's.
internal sealed partial class KernelSctpSocket : IPassable
{
    public void Pause() => _descriptor.Pause();

    // Not where all that is left is a last event, which only this side knows of.
    public SocketOr<SocketDescriptor> Lend()
    {
        if (Style is SctpStyle.OneToMany) return ResultCode.EEMODENOTSUPP;
        lock (_receiving)
        {
            if (_descriptor.IsClosed) return ResultCode.EEBADF;
            return _phase is not Phase.Live || _due is not null || _held is not null
                ? ResultCode.EENOTCONN
                : _descriptor.Lend();
        }
    }

    public void GoOn()
    {
        var asked = _descriptor.Unpause();
        if (asked is LentEnd.Asked.Reset) Abort();
        else if (asked is LentEnd.Asked.Finish) Dispose();
    }

    public void Leave()
    {
        _descriptor.Close();
        _descriptor.Unpause();
    }

    // While somebody has a copy a close tells the peer nothing.
    private void FinishShared() =>
        _ = TrySend([], new SctpSendInfo { Flags = SctpSendFlags.EndAssociation });

    // Of a one-to-one association only the last close aborts.
    private void AbortShared()
    {
        if (Style is SctpStyle.PeeledOff) _ = TrySend([], new SctpSendInfo { Flags = SctpSendFlags.Abort });
    }
}
