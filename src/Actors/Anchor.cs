using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff;

// An anchor's actor and its mail, together.
internal sealed class Anchor(ActorSystem system, IActorRef self, AnchorMail mail, TimeSpan stopWithin)
{
    public ActorSystem System => system;

    public TimeSpan StopWithin => stopWithin;

    public IActorRef Self => self;

    public AnchorMail Mail => mail;

    public Task<object> AskAsync(IActorRef socket, object command, long id = 0)
    {
        var answer = mail.Expect(command, socket, id);
        Tell(socket, command);
        return answer;
    }

    // After all that was asked before.
    public void Tell(IActorRef socket, object command) => self.Tell(new AnchorActor.Send(socket, command));

    // The handle, or the failure as an exception: code outside actors has no mailbox for values.
    public async Task<OwnedSocket> OwnAsync(
        IActorRef socket, object command, bool owns, long id = 0, bool isLent = false) =>
        await AskAsync(socket, command, id) switch
        {
            AnchorMail.Begun { Message: Acquired { Facts.Kind: SocketKind.Listener } listener } =>
                throw new SocketFailedException(OwnedSocket.NoListener(listener.Facts.Id)),
            AnchorMail.Begun { Message: Acquired acquired } begun =>
                new OwnedSocket(this, acquired, begun.End, owns, isLent),
            Refused refused => throw new SocketFailedException(refused.Result),
            var other => throw new InvalidOperationException($"Unexpected answer: {other}"),
        };

    public void Stop() => system.Stop(self);

    // What it owns lives on.
    public void Retire() => self.Tell(AnchorActor.Retire.Instance);
}
