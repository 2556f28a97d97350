namespace Akka.Actor;

public readonly struct Envelope
{
    public Envelope(object message, IActorRef sender)
    {
        Message = message;
        Sender = sender;
    }

    public Envelope(object message, IActorRef sender, ActorSystem system)
    {
        Message = message;
        Sender = sender ?? system.DeadLetters;
    }

    public IActorRef Sender { get; }

    public object Message { get; }

    public override string ToString() =>
        $"<{Message ?? "null"}> from {(Sender == null ? "NoSender" : Sender.ToString())}";
}
