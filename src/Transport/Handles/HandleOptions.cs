namespace Handoff.Transport.Handles;

// The bounds of a move from process to process.
internal sealed record HandleOptions
{
    public const int SmallestFrame = 4 * 1024;

    // SEQPACKET takes 212,960 bytes with the system's defaults.
    public const int LargestFrame = 192 * 1024;
    public const int LargestPayload = 1024 * 1024 * 1024;
    public const int LargestMove = int.MaxValue;
    public const int MostSockets = 4096;

    // Bytes of one message between two processes; a longer frame goes in a sealed memory file.
    public int MaxFrame
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, SmallestFrame);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LargestFrame);
            field = value;
        }
    } = 64 * 1024;

    // Bytes of one such file.
    public int MaxPayload
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, SmallestFrame);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LargestPayload);
            field = value;
        }
    } = 16 * 1024 * 1024;

    // Bytes that go with the sockets of one move, in all its messages.
    public int MaxMove
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, SmallestFrame);
            field = value;
        }
    } = 256 * 1024 * 1024;

    // Bytes of the attachment of one socket.
    public int MaxAttachment
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LargestPayload);
            field = value;
        }
    } = 1024 * 1024;

    // Sockets of one offer.
    public int MaxSockets
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MostSockets);
            field = value;
        }
    } = 1024;

    // How long a taker may take to accept; a taker never takes longer than the offer says, either.
    public TimeSpan AnswerTimeout { get; init => field = Bounded(value); } = TimeSpan.FromSeconds(5);

    // How long the giver may take to stop its sockets.
    public TimeSpan QuiesceTimeout { get; init => field = Bounded(value); } = TimeSpan.FromSeconds(2);

    // How long the taker waits for what it accepted, and the giver for the word that it was adopted.
    public TimeSpan TransferTimeout { get; init => field = Bounded(value); } = TimeSpan.FromSeconds(5);

    // How long one message may wait for room.
    public TimeSpan SendTimeout { get; init => field = Bounded(value); } = TimeSpan.FromSeconds(2);

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    private static TimeSpan Bounded(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(1));
        return value;
    }
}
