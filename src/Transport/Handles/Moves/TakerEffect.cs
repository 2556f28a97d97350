namespace Handoff.Transport.Handles.Moves;

// What the taker has to do, in this order. Ask and TakeToken end with an event.
internal abstract record TakerEffect
{
    public sealed record Ask : TakerEffect;

    public sealed record StartTimer(MoveTimer Which) : TakerEffect;

    public sealed record SendAccept : TakerEffect;

    // The next three as far as they can be sent at once: a giver that does not hear them asks the token.
    public sealed record SendDecline(SocketResult Why) : TakerEffect;

    public sealed record SendRefuse(SocketResult Why) : TakerEffect;

    public sealed record SendAdopted : TakerEffect;

    public sealed record TakeToken : TakerEffect;

    // Only now may anything be done to the sockets that others would notice.
    public sealed record Admit : TakerEffect;

    public sealed record CloseCopies : TakerEffect;

    public sealed record TellAcquired : TakerEffect;

    public sealed record TellWithdrawn(MoveFailure Why) : TakerEffect;
}
