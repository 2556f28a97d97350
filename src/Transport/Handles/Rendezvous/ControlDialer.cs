using System.Net.Sockets;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Transport.Handles.Rendezvous;

internal static class ControlDialer
{
    // A channel to the process that listens there, which is the caller's. EECONNREFUSED: nobody does. EESECURITY: it
    // may not be asked; which process of its user listens is known only by what it sends, because an earlier
    // generation may have begun to.
    public static async ValueTask<SocketOr<FrameChannel>> ConnectAsync(
        LinuxEngine engine,
        UnixDomainSocketEndPoint to,
        HandleOptions options,
        PeerRule rule,
        CancellationToken cancellationToken)
    {
        var (control, code) = await ControlSocket.ConnectAsync(engine, to, options, rule, cancellationToken)
            .ConfigureAwait(false);
        if (control is null) return code;
        if ((rule with { ProcessId = null }).Judge(control.Peer).IsSuccess) return new FrameChannel(control, options);
        control.Dispose();
        return ResultCode.EESECURITY;
    }
}
