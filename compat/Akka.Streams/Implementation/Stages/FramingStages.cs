using Akka.IO;
using Akka.Streams.Dsl;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

internal sealed class DelimiterFraming(ByteString delimiter, int maximum, bool allowTruncation)
    : FlowStage<ByteString, ByteString>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, delimiter, maximum, allowTruncation);

    private sealed class Logic(
        DelimiterFraming stage, Attributes attributes, ByteString delimiter, int maximum, bool allowTruncation)
        : FramingLogic(stage, attributes)
    {
        // Before it there is no delimiter.
        private int _searched;

        protected override ByteString TakeFrame(ref ByteString buffer)
        {
            while (true)
            {
                var found = buffer.IndexOf(delimiter[0], _searched);
                if (found < 0)
                {
                    _searched = buffer.Count;
                    CheckLength(buffer.Count);
                    return null;
                }

                if (found + delimiter.Count > buffer.Count)
                {
                    _searched = found;
                    CheckLength(found);
                    return null;
                }

                if (!buffer.HasSubstring(delimiter, found))
                {
                    _searched = found + 1;
                    continue;
                }

                _searched = 0;
                CheckLength(found);
                var frame = buffer.Slice(0, found);
                buffer = buffer.Slice(found + delimiter.Count);
                return frame;
            }
        }

        // What is left is a frame that was cut off.
        protected override ByteString Rest(ByteString buffer) => allowTruncation
            ? buffer
            : throw new Framing.FramingException(
                "Stream finished but there was a truncated final frame in the buffer");

        private void CheckLength(int length)
        {
            if (length > maximum)
            {
                throw new Framing.FramingException(
                    $"Read {length} bytes which is more than {maximum} without seeing a line terminator");
            }
        }
    }
}

internal sealed class LengthFieldFraming(
    int fieldLength,
    int fieldOffset,
    int maximum,
    ByteOrder byteOrder,
    Func<IReadOnlyList<byte>, int, int> computeSize)
    : FlowStage<ByteString, ByteString>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, fieldLength, fieldOffset, maximum, byteOrder, computeSize);

    private sealed class Logic(
        LengthFieldFraming stage,
        Attributes attributes,
        int fieldLength,
        int fieldOffset,
        int maximum,
        ByteOrder byteOrder,
        Func<IReadOnlyList<byte>, int, int> computeSize) : FramingLogic(stage, attributes)
    {
        private readonly int _header = fieldOffset + fieldLength;

        protected override ByteString TakeFrame(ref ByteString buffer)
        {
            if (buffer.Count < _header)
                return null;
            var size = SizeOf(buffer);
            if (buffer.Count < size)
                return null;
            var frame = buffer.Slice(0, size);
            buffer = buffer.Slice(size);
            return frame;
        }

        protected override ByteString Rest(ByteString buffer) => throw new Framing.FramingException(
            "Stream finished but there was a truncated final frame in the buffer");

        private int SizeOf(ByteString buffer)
        {
            var length = 0;
            for (var i = 0; i < fieldLength; i++)
            {
                var place = byteOrder == ByteOrder.BigEndian ? i : fieldLength - 1 - i;
                length = (length << 8) | buffer[fieldOffset + place];
            }

            if (length < 0)
                throw new Framing.FramingException($"Decoded frame header reported negative size {length}");
            var size = computeSize == null
                ? length + _header
                : computeSize(buffer.Slice(0, fieldOffset).ToArray(), length);
            if (size > maximum)
            {
                throw new Framing.FramingException(
                    $"Maximum allowed frame size is {maximum} but decoded frame header reported size {size}");
            }

            return size >= _header
                ? size
                : throw new Framing.FramingException(
                    $"Computed frame size {size} is less than minimum chunk size {_header}");
        }
    }
}

// Collects what comes in and takes frames from it.
internal abstract class FramingLogic(FlowStage<ByteString, ByteString> stage, Attributes attributes)
    : FlowLogic<ByteString, ByteString>(stage, attributes)
{
    // A frame that comes in crumbs is put together now and then, or each crumb would cost more than the one before.
    private const int PiecesAtMost = 64;

    private ByteString _buffer = ByteString.Empty;
    private int _pieces;

    public override void OnPush()
    {
        _buffer += Grab(In);
        if (++_pieces == PiecesAtMost)
        {
            _buffer = _buffer.Compact();
            _pieces = 0;
        }

        Go();
    }

    public override void OnPull() => Go();

    public override void OnUpstreamFinish()
    {
        if (_buffer.IsEmpty)
            CompleteStage();
        else if (IsAvailable(Out))
            Go();
    }

    // Null where it is not all there.
    protected abstract ByteString TakeFrame(ref ByteString buffer);

    protected abstract ByteString Rest(ByteString buffer);

    private void Go()
    {
        try
        {
            if (TakeFrame(ref _buffer) is { } frame)
                PushFrame(frame.Compact());
            else if (!IsClosed(In))
                Pull(In);
            else
                PushRest();
        }
        catch (Framing.FramingException cause)
        {
            FailStage(cause);
        }
    }

    private void PushFrame(ByteString frame)
    {
        Push(Out, frame);
        if (_buffer.IsEmpty && IsClosed(In))
            CompleteStage();
    }

    private void PushRest()
    {
        if (!_buffer.IsEmpty)
            Push(Out, Rest(_buffer));
        CompleteStage();
    }
}
