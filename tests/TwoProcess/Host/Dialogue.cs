namespace Handoff.TwoProcess.Tests.Host;

/// <summary>What goes each way on one connection: other bytes on each.</summary>
internal sealed record Dialogue(Flow Inbound, Flow Outbound)
{
    public static Dialogue Of(int number, int length) =>
        new(new Flow((2 * (ulong)number) + 1, length), new Flow((2 * (ulong)number) + 2, length));
}
