using System.Net;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp.Endpoints;

namespace Handoff.Sockets;

// How the owner of a one-to-many socket begins associations; what comes up is accepted as what others began.
internal sealed class EndpointDesk(SctpEndpoint endpoint, IActorRef self, Rules rules)
{
    private int _pending;

    // False if it is about something else. Custody has permitted it.
    public bool TryCarry(ISocketCommand command, Custody custody)
    {
        switch (command)
        {
            case Associate associate: OnAssociate(associate, custody); return true;
            case SendTo send: OnSend(send, custody); return true;
            default: return AssociationCommands.TryCarry(command, endpoint.Socket, custody);
        }
    }

    public void OnOutcome(Notice.Associated outcome)
    {
        _pending--;
        var (associate, asker, result) = outcome;
        object answer = result.IsSuccess
            ? new Confirmed(associate)
            : Refusals.Of(self, Hearer.MayHear(asker, associate), result);
        asker.Tell(answer, self);
    }

    // Told by the endpoint's loop.
    public static Action<SctpCannotStart, IPEndPoint?> TellsFailures(IActorRef self) =>
        (what, peer) => self.Tell(new Notice.AssociationFailed(peer, SocketResult.Of(what.Code)), self);

    private void OnAssociate(Associate associate, Custody custody)
    {
        var settings = rules.Settings;
        var within = associate.Within ?? settings.ConnectTimeout;
        if (Limits.Unfit(within, settings) is { } unfit)
        {
            custody.Refuse(associate, unfit);
            return;
        }

        if (_pending >= settings.MaxConnecting)
        {
            var why = $"Associate: {_pending} are under way; handoff.connect.max-pending";
            custody.Refuse(associate, new SocketResult(ResultCode.EEQUOTA, why));
            return;
        }

        _pending++;
        var asker = custody.AnswerTo();
        ConnectAsync(associate, within).PipeTo(
            self,
            success: result => new Notice.Associated(associate, asker, result),
            failure: gone => new Notice.Associated(
                associate, asker, new SocketResult(ResultCode.EECONNECT, gone.Message)));
    }

    private async Task<SocketResult> ConnectAsync(Associate associate, TimeSpan within)
    {
        using var late = new CancellationTokenSource(within, rules.Settings.Connections.TimeProvider);
        var code = await endpoint.ConnectAsync(associate.Peer, late.Token).ConfigureAwait(false);
        if (code is ResultCode.EEINTR) code = ResultCode.EETIMEDOUT;
        return code is ResultCode.EESUCCESS
            ? SocketResult.Success
            : new SocketResult(code, $"Associate with {string.Join(", ", associate.Peer)}: {code.Text()}");
    }

    private void OnSend(SendTo send, Custody custody)
    {
        var code = send.Address switch
        {
            null => ResultCode.EENOADDR,
            not IPEndPoint => ResultCode.EEBADADDR,
            IPEndPoint when send.Bytes.Length > rules.Settings.Datagrams.Messages.MaxMessage => ResultCode.EEMSGSIZE,
            IPEndPoint to => endpoint.TrySend(send.Bytes.Span, send.Info, to).Code,
        };
        if (code is ResultCode.EESUCCESS) custody.Reply(new Sent(send, Position: 0));
        else custody.Refuse(send, new SocketResult(code, $"SendTo {send.Address}: {code.Text()}"));
    }
}
