namespace Akka.Streams.Implementation;

// How far a connection is closed. One side closes it; the other is told by an event.
internal enum Ending
{
    Open,

    // The producer completed; the consumer does not know yet.
    Completed,

    // The producer failed; the consumer does not know yet.
    Failed,

    // The consumer cancelled; the producer does not know yet.
    Cancelled,

    // Both know.
    Closed,
}
