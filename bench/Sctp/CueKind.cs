namespace Handoff.Bench.Sctp;

internal enum CueKind : byte
{
    // One of many.
    Message,

    // Behind as many as its number says.
    Last,

    // Asks for messages of its size, for as many ticks of a TimeSpan as its number says.
    Send,

    // Answers Last: as many came, without that.
    Came,
}
