using System.Buffers;

namespace Handoff.Streams.Framing;

/// <summary>
/// Where a frame ends in the bytes of a connection. A flow with a framing consumes whole frames only: what there is of
/// the next one stays in the connection, and is the next owner's if the stream leaves it.
/// </summary>
public abstract class SocketFraming
{
    /// <summary>The longest frame, in bytes: so much is held for a peer that sends one slowly.</summary>
    public abstract int MaxFrame { get; }

    /// <summary>
    /// Bytes that a frame may have beside what is passed on, such as a length or a delimiter. Where so many more than
    /// <see cref="MaxFrame"/> are unread and no frame is found, the stream fails with <c>EEBADDATA</c>. The default is
    /// 64.
    /// </summary>
    public virtual int MaxOverhead => 64;

    /// <summary>
    /// Whether the bytes that are left at the end of the input are one more frame; false, the default, fails the
    /// stream with <c>EEBADDATA</c>.
    /// </summary>
    public bool AllowsTruncation { get; init; }

    /// <summary>Frames that end in a delimiter, which is not a part of them.</summary>
    /// <param name="delimiter">The delimiter, at least one byte.</param>
    /// <param name="maxFrame">The longest frame without its delimiter, in bytes, from 1.</param>
    /// <param name="allowsTruncation">As <see cref="AllowsTruncation"/>.</param>
    public static SocketFraming Delimiter(
        ReadOnlySpan<byte> delimiter, int maxFrame, bool allowsTruncation = false)
    {
        if (delimiter.IsEmpty) throw new ArgumentException("A delimiter has no bytes.", nameof(delimiter));
        ArgumentOutOfRangeException.ThrowIfLessThan(maxFrame, 1);
        return new DelimiterFraming(delimiter.ToArray(), maxFrame) { AllowsTruncation = allowsTruncation };
    }

    /// <summary>Frames behind their length, which counts neither itself nor what is before it.</summary>
    /// <param name="size">Bytes of the length, the largest first: 1, 2 or 4.</param>
    /// <param name="maxFrame">The longest frame without its length, in bytes, from 1.</param>
    public static SocketFraming LengthField(int size, int maxFrame)
    {
        if (size is not (1 or 2 or 4))
            throw new ArgumentOutOfRangeException(nameof(size), size, "A length has 1, 2 or 4 bytes.");
        ArgumentOutOfRangeException.ThrowIfLessThan(maxFrame, 1);
        return new LengthFieldFraming(size, maxFrame);
    }

    /// <summary>Looks for the first frame.</summary>
    /// <param name="unread">What is unread, from the beginning of a frame on.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="end">Where the next one begins.</param>
    /// <returns>Whether there is a whole one; a longer one than <see cref="MaxFrame"/> need not be looked for, but
    /// must not be found.</returns>
    /// <exception cref="FormatException">No frame begins so; its message says why.</exception>
    public abstract bool TryFind(
        in ReadOnlySequence<byte> unread, out ReadOnlySequence<byte> frame, out SequencePosition end);
}
