namespace Akka.Streams.Implementation;

// Where the one element is that may be under way on a connection.
internal enum Transfer
{
    // Nothing was asked for since the last element, which may still wait to be grabbed.
    Idle,

    // Pulled; the producer does not know yet.
    Pulled,

    // The producer knows, and may push.
    Wanted,

    // Pushed; the consumer does not know yet.
    Pushed,
}
