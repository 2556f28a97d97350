namespace Handoff.Bench.Sctp;

// Which way messages of which size go, through a one-to-many socket or one that was peeled off it.
internal sealed record SctpCase(bool IsOut, bool IsPeeled, int Size)
{
    private const int Kibi = 1024;

    private static readonly int[] Sizes = [64, Kibi, 16 * Kibi];

    public static readonly IReadOnlyList<SctpCase> All =
    [
        .. from isOut in (bool[])[false, true]
           from isPeeled in (bool[])[false, true]
           from size in Sizes
           select new SctpCase(isOut, isPeeled, size),
    ];

    public string Name => $"{(IsOut ? "out" : "in")}{(IsPeeled ? ", peeled" : "")}, {SizeName}";

    private string SizeName => Size < Kibi ? $"{Size} B" : $"{Size / Kibi} KiB";

    public Task<long> RunAsync(IEnd end, TimeSpan window) =>
        IsOut ? end.SendAsync(Size, window) : end.ReceiveAsync(Size, window);
}
