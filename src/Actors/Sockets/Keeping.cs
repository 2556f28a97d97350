using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Sockets;

// Where the actors of sockets find whoever has them kept, and what they say to it.
internal sealed class Keeping(TimeSpan answerWithin)
{
    private volatile IActorRef? _desk;

    public IActorRef? Desk
    {
        get => _desk;
        set => _desk = value;
    }

    // Success where nobody keeps it.
    public Task<SocketResult> BindAsync(IActorRef socket, SocketBaggage baggage, TakeOnceToken token) =>
        _desk is { } desk
            ? desk.Ask<SocketResult>(new Bind(socket, baggage, token), answerWithin)
            : Task.FromResult(SocketResult.Success);

    // Permitted already. The copy is the hearer's to close.
    public sealed record Ask(
        IActorRef Socket, Keep Command, Messages.SocketFacts Facts, SocketDescriptor Copy, IActorRef Asker);

    // The service manager has it in its store, from another process, and this one has not said yet that it is to stay.
    public sealed record Left(IActorRef Socket, long Id);

    // It has ended.
    public sealed record Withdraw(IActorRef Socket);

    // It is about to be sent to another process, and this token decides then. Answered by a SocketResult.
    public sealed record Bind(IActorRef Socket, SocketBaggage Baggage, TakeOnceToken Token);

    // It was bound, and stays.
    public sealed record Unbind(IActorRef Socket);
}
