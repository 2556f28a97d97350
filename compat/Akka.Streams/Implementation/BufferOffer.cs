namespace Akka.Streams.Implementation;

internal enum BufferOffer
{
    Taken,

    // Another one had to go, or all others.
    TakenForAnother,
    Refused,
    Failed,
}
