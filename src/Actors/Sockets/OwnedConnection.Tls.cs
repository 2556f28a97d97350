using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Tls;
using State = Handoff.Transport.Ownership.OwnershipState<Akka.Actor.IActorRef>;

namespace Handoff.Sockets;

// The part that is of TLS: another connection goes on with the socket, and this one's custody with that.
internal sealed partial class OwnedConnection
{
    private TlsStart? _starting;

    // What keeps the owner from using the connection, until the handshake is over and where it has failed.
    public SocketResult? TlsObstacle => (_facts.Tls, _starting) switch
    {
        (TlsState.Handshaking, not null) => new(ResultCode.EEBUSY, "the TLS handshake is under way"),
        (TlsState.Handshaking, null) => new(ResultCode.EEBADF, "the TLS handshake has failed"),
        _ => null,
    };

    // A refusal has no effect.
    public SocketResult BeginTls(StartTls command, IActorRef asker)
    {
        if (_facts.Tls is not null) return new(ResultCode.EEALREADY, "StartTls: it was started already");
        if (Splice is not null) return new(ResultCode.EEBUSY, "StartTls: the socket is spliced");
        if (Messages?.Pinned is { } pin) return pin;
        var side = command.Server is { } server ? TlsSide.Of(server) : TlsSide.Of(command.Client!);
        var (handshake, result) = TlsHandshake.Begin(connection, side);
        if (handshake is null) return result with { Reason = $"StartTls: {result.Reason}" };
        LetGo();
        connection = handshake.Connection;
        connection.Listener = this;
        connection.Start();
        _facts = _facts with { Tls = TlsState.Handshaking.Instance };
        var start = _starting = new TlsStart(command, asker);
        handshake.RunAsync(rules.Settings.Tls.HandshakeTimeout).PipeTo(
            _self,
            success: end => new Notice.TlsOver(start, end.Session, end.Result),
            failure: gone => new Notice.TlsOver(start, null, new SocketResult(ResultCode.EEABORTED, gone.Message)));
        return SocketResult.Success;
    }

    public void EndTls(Notice.TlsOver over)
    {
        // Whoever asked was told already, as the connection has ended.
        if (_starting != over.Start) return;
        if (over.Session is null || Custody!.State is State.Closed)
        {
            FailTls(over.Result);
            return;
        }

        var (command, asker) = _starting!;
        _starting = null;
        _facts = _facts with { Tls = over.Session };
        if (Custody.IsHeldBy(command.Handle))
        {
            var lease = Read(command.Handle, _reading);
            asker.Tell(new TlsStarted(command, over.Session, Facts(), Messages is null ? lease : null), _self);
            return;
        }

        // Who came meanwhile has a lease, and has to know as well.
        var told = new TlsStarted(command, over.Session, Facts(), Lease: null);
        asker.Tell(told, _self);
        if (Custody.State.OwnerNow() is { } owner && !owner.Equals(asker)) owner.Tell(told, _self);
    }

    // The answer comes before the end is told; it is of no use to say that all is well.
    public void FailTls(SocketResult why)
    {
        if (_starting is not { } start) return;
        _starting = null;
        var told = why.IsSuccess ? new(ResultCode.EEBADF, "StartTls: closed meanwhile") : why;
        start.Asker.Tell(new TlsFailed(start.Command, told), _self);
    }
}
