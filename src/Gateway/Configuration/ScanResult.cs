namespace Handoff.Gateway.Configuration;

internal abstract record ScanResult
{
    private ScanResult()
    {
    }

    internal sealed record Scanned(HoconLayout Layout) : ScanResult;

    internal sealed record Broken(int Line, string Message) : ScanResult;
}
