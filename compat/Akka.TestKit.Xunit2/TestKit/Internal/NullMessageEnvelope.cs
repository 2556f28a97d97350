using Akka.Actor;

namespace Akka.TestKit.Internal;

internal sealed class NullMessageEnvelope : MessageEnvelope
{
    public static readonly NullMessageEnvelope Instance = new();

    private NullMessageEnvelope()
    {
    }

    public override object Message => throw NothingReceived();

    public override IActorRef Sender => throw NothingReceived();

    public override string ToString() => "<null>";

    private static IllegalActorStateException NothingReceived() => new("The last receive found no message.");
}
