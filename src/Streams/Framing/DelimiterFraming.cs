using System.Buffers;

namespace Handoff.Streams.Framing;

internal sealed class DelimiterFraming(byte[] delimiter, int maxFrame) : SocketFraming
{
    public override int MaxFrame => maxFrame;

    public override int MaxOverhead => delimiter.Length;

    public override bool TryFind(
        in ReadOnlySequence<byte> unread, out ReadOnlySequence<byte> frame, out SequencePosition end)
    {
        // No more is looked at than a frame may have, however much has come.
        var most = (long)maxFrame + delimiter.Length;
        var reader = new SequenceReader<byte>(unread.Length > most ? unread.Slice(0, most) : unread);
        if (reader.TryReadTo(out frame, delimiter, advancePastDelimiter: true))
        {
            end = reader.Position;
            return true;
        }

        end = default;
        if (unread.Length >= most) throw new FormatException($"no delimiter in {maxFrame} bytes");
        return false;
    }
}
