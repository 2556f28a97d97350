namespace Handoff.Transport.Children;

// How a child ended: wait(2).
internal abstract record ChildEnd
{
    private ChildEnd()
    {
    }

    public sealed record Exited(int Code) : ChildEnd;

    public sealed record Signalled(int Signal, bool DumpedCore) : ChildEnd;

    // It ended, and how was taken by somebody in this process who waits for any child.
    public sealed record Untold : ChildEnd;

    public static ChildEnd OfStatus(int status)
    {
        const int SignalBits = 0x7f, CoreBit = 0x80;
        return (status & SignalBits) is var signal and not 0
            ? new Signalled(signal, (status & CoreBit) != 0)
            : new Exited((status >> 8) & 0xff);
    }
}
