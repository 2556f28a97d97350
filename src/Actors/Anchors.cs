using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff;

// Makes anchors, and what they own.
internal sealed class Anchors(ActorSystem system, IActorRef sockets, TimeSpan within)
{
    public async Task<Anchor> OpenAsync(int maxOffers)
    {
        var mail = new AnchorMail(maxOffers);
        var self = await AnchorActor.SpawnAsync(sockets, mail, within);
        return new Anchor(system, self, mail, within);
    }

    public async Task<OwnedSocket> OwnAsync(Func<IActorRef, object> command)
    {
        var anchor = await OpenAsync(maxOffers: 1);
        return await OwnAsync(anchor, command(anchor.Self));
    }

    // Where it fails the anchor stops, which closes what it may own by then.
    public async Task<OwnedSocket> OwnAsync(Anchor anchor, object command)
    {
        try
        {
            return await anchor.OwnAsync(sockets, command, owns: true);
        }
        catch
        {
            anchor.Stop();
            throw;
        }
    }

    public async Task<ListeningSocket> ListenAsync(Func<IActorRef, Listen> listen)
    {
        var anchor = await OpenAsync(maxOffers: 1);
        try
        {
            return await anchor.AskAsync(sockets, listen(anchor.Self)) switch
            {
                AnchorMail.Begun { Message: Listening listening } begun =>
                    new ListeningSocket(anchor, listening, begun.End),
                Refused refused => throw new SocketFailedException(refused.Result),
                var other => throw new InvalidOperationException($"Unexpected answer: {other}"),
            };
        }
        catch
        {
            anchor.Stop();
            throw;
        }
    }
}
