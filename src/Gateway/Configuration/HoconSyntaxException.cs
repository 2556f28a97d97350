namespace Handoff.Gateway.Configuration;

// Leaves the scanner's recursion; HoconScanner.Scan turns it into a value.
internal sealed class HoconSyntaxException(int line, string message) : Exception(message)
{
    public int Line { get; } = line;
}
