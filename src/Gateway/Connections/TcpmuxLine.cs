using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Handoff.Gateway.Connections;

// RFC 1078: the name of the service, then CRLF; a bare LF is taken too. Only the line is consumed: what came behind
// it, in the same packet or later, stays where it is and is the next owner's.
internal static class TcpmuxLine
{
    public static async Task<TcpmuxRequest> ReadAsync(PipeReader input, int maxLine, CancellationToken stop)
    {
        while (true)
        {
            var read = await input.ReadAsync(stop);
            var bytes = read.Buffer;
            if (TryTake(bytes, maxLine) is { } line)
            {
                input.AdvanceTo(line.Next);
                return line.Request;
            }

            // Before IsCompleted: a line that was cut short is too late first.
            input.AdvanceTo(bytes.Start, bytes.End);
            if (read.IsCanceled) return new TcpmuxRequest.TooLate();
            if (read.IsCompleted) return new TcpmuxRequest.Gone();
        }
    }

    public static (TcpmuxRequest Request, SequencePosition Next)? TryTake(ReadOnlySequence<byte> bytes, int maxLine)
    {
        var seen = bytes.Slice(0, Math.Min(bytes.Length, maxLine));
        if (seen.PositionOf((byte)'\n') is not { } end)
            return bytes.Length < maxLine ? null : (new TcpmuxRequest.TooLong(), bytes.End);
        var name = Encoding.Latin1.GetString(seen.Slice(0, end));
        return (new TcpmuxRequest.Named(name.EndsWith('\r') ? name[..^1] : name), seen.GetPosition(1, end));
    }
}
