using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Handoff.Transport.Sockets;

namespace Handoff.Transport.Framing;

/// <summary>
/// Reads frames: each is its length in 4 bytes, the largest first, and as many bytes (LPC's MUD mode). A frame stays
/// unconsumed until <see cref="Advance"/>, and so does what there is of the next one: the next owner finds both. One
/// call at a time, as on the lease's input, which is not to be read beside it while a frame is open.
/// </summary>
public sealed class FrameReader
{
    internal const int HeaderSize = sizeof(int);

    private readonly SocketLease _lease;
    private readonly int _maxFrame;
    private SequencePosition _start;

    /// <summary>A reader over a lease; it holds nothing itself.</summary>
    /// <param name="lease">Whose input is read.</param>
    /// <param name="maxFrame">
    /// Bytes that a frame may have, at least 1. So much is held for a peer that sends one slowly.
    /// </param>
    public FrameReader(SocketLease lease, int maxFrame)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxFrame, 1);
        _lease = lease;
        _maxFrame = maxFrame;
    }

    /// <summary>
    /// The end of the frame that was read, for <see cref="SocketLease.CommitAsync"/>, which is then instead of
    /// <see cref="Advance"/>.
    /// </summary>
    public SequencePosition End { get; private set; }

    /// <summary>Waits for a whole frame.</summary>
    /// <param name="cancellationToken">Ends the wait; nothing is consumed.</param>
    /// <returns>The frame without its length, good until it is consumed; null after the peer's FIN.</returns>
    /// <exception cref="SocketFailedException">
    /// <see cref="ResultCode.EEBADDATA"/>: a length of zero or less or over the bound, or an end inside a frame; the
    /// connection closes, for that cause; one that is only lent is given back. Else as the lease's input.
    /// </exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReadOnlySequence<byte>?> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var result = await _lease.Input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = result.Buffer;
            var size = SizeIn(buffer);
            if (size is <= 0 || size > _maxFrame)
                throw Bad(buffer.Start, $"a frame of {size} bytes; it may have 1 to {_maxFrame}");
            if (size is { } whole && buffer.Length - HeaderSize >= whole)
            {
                var frame = buffer.Slice(HeaderSize, whole);
                (_start, End) = (buffer.Start, frame.End);
                return frame;
            }

            if (result.IsCompleted && !buffer.IsEmpty) throw Bad(buffer.Start, "the input ended inside a frame");
            _lease.Input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted) return null;
            if (result.IsCanceled) throw new OperationCanceledException("The read was cancelled.");
        }
    }

    /// <summary>Consumes the frame that was read.</summary>
    public void Advance() => _lease.Input.AdvanceTo(End);

    /// <summary>Leaves the frame that was read where it is: it is read again, by this owner or by the next.</summary>
    public void PutBack() => _lease.Input.AdvanceTo(_start, _start);

    private static int? SizeIn(in ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length < HeaderSize) return null;
        if (buffer.FirstSpan.Length >= HeaderSize) return BinaryPrimitives.ReadInt32BigEndian(buffer.FirstSpan);
        Span<byte> header = stackalloc byte[HeaderSize];
        buffer.Slice(0, HeaderSize).CopyTo(header);
        return BinaryPrimitives.ReadInt32BigEndian(header);
    }

    // No call after this one finds a result open, and each says why.
    private SocketFailedException Bad(SequencePosition start, string why)
    {
        var reason = new SocketResult(ResultCode.EEBADDATA, why);
        _lease.Input.AdvanceTo(start);
        _lease.Close(reason);
        return new SocketFailedException(reason);
    }
}
