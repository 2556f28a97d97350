namespace Handoff.Gateway.Control;

// Lines out of bytes that come in pieces. What is no line yet is never longer than a line may be.
internal sealed class LineBuffer
{
    private readonly List<byte> _rest = [];

    // The lines that are complete by now, without their ends; null if one is too long.
    public IReadOnlyList<byte[]>? Add(ReadOnlySpan<byte> bytes)
    {
        var lines = new List<byte[]>();
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var part = end < 0 ? bytes : bytes[..end];
            if (_rest.Count + part.Length > ControlLine.Longest) return null;
            _rest.AddRange(part);
            if (end < 0) break;
            lines.Add([.. _rest]);
            _rest.Clear();
            bytes = bytes[(end + 1)..];
        }

        return lines;
    }
}
