namespace Handoff.Transport.Handles.Frames;

// Bounds of the format itself, in bytes of UTF-8 where they are texts. Both sides know them.
internal static class FrameBounds
{
    public const int Sockets = HandleOptions.MostSockets;
    public const int Messages = 65_536;
    public const int Label = 64;

    // Of NetIPC.
    public const int Name = 16;
    public const int Transport = 32;
    public const int Key = 64;
    public const int DepositName = 255;
    public const int Manifest = 256;
    public const int Reason = 1024;
    public const int Address = 110;
    public const int TraceState = 512;

    // Of one answer of a keeper.
    public const int Listed = 256;

    // Of an offer and of a claim.
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromMilliseconds(uint.MaxValue);

    // SCM_MAX_FD of unix(7).
    public const int DescriptorsOfMessage = 253;

    // The fewest bytes that one of them takes, so that a count is refused before anything is made for it.
    public const int SmallestFacts = 1 + 2 + 1 + 1 + 8 + 8 + 8 + 1;
    public const int SmallestBaggage = 8 + 8 + 1 + 4 + 4;
    public const int SmallestMessage = 1 + 1 + 4;
    public const int SmallestTrace = 1;
    public const int SmallestListed = 8 + 4 + 1 + 2 + 2 + 1;

    // The most that the rest of an offer and the facts in it take, without their attachments.
    public const int OfferHeader = 2 + 1 + 1 + 8 + 4 + 4 + 2 + Label + 4;
    public const int LargestFacts =
        1 + 2 + Transport + (2 * (1 + Address)) + 8 + 8 + 8 + 1 + 4 + 2 + Manifest + 4;

    // Of a part or a transfer, before its baggage.
    public const int PartHeader = 2 + 1 + 1 + 8 + 4 + 4;
}
