namespace Handoff.Transport.Handles.Frames;

// What a keeper tells of a deposit: its number there, whose it was, and for whom it is.
internal sealed record ListedDeposit(
    ulong Number, int ProcessId, bool IsLeft, string Key, string Name, HandleKind Kind);
