using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Handoff.Transport.Sockets;

namespace Handoff.Transport.Framing;

/// <summary>Writes frames as <see cref="FrameReader"/> reads them.</summary>
public sealed class FrameWriter
{
    private readonly SocketLease _lease;
    private readonly int _maxFrame;

    /// <summary>A writer over a lease; it holds nothing itself.</summary>
    /// <param name="lease">Whose output is written.</param>
    /// <param name="maxFrame">Bytes that a frame may have, at least 1: what the peer accepts.</param>
    public FrameWriter(SocketLease lease, int maxFrame)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxFrame, 1);
        _lease = lease;
        _maxFrame = maxFrame;
    }

    /// <summary>
    /// Writes a frame that goes out with the next flush or commit; several of them are accepted in one step.
    /// </summary>
    /// <param name="frame">The bytes without their length.</param>
    /// <exception cref="SocketFailedException">
    /// Nothing was written: <see cref="ResultCode.EEBADDATA"/> (empty, which the peer would close for),
    /// <see cref="ResultCode.EEMSGSIZE"/> (over the bound). Else as the lease's output.
    /// </exception>
    public void Write(in ReadOnlySequence<byte> frame)
    {
        if (frame.IsEmpty) throw Refused(ResultCode.EEBADDATA, "a frame has at least one byte");
        if (frame.Length > _maxFrame)
            throw Refused(ResultCode.EEMSGSIZE, $"a frame of {frame.Length} bytes; it may have {_maxFrame}");
        BinaryPrimitives.WriteInt32BigEndian(_lease.Output.GetSpan(FrameReader.HeaderSize), (int)frame.Length);
        _lease.Output.Advance(FrameReader.HeaderSize);
        foreach (var piece in frame) _lease.Output.Write(piece.Span);
    }

    /// <summary>Writes a frame and flushes.</summary>
    /// <param name="frame">The bytes without their length.</param>
    /// <param name="cancellationToken">Before the call, nothing is written; after, ends the wait for room.</param>
    /// <returns>As a flush.</returns>
    /// <exception cref="SocketFailedException">As <see cref="Write"/>.</exception>
    public ValueTask<FlushResult> WriteAsync(
        ReadOnlyMemory<byte> frame, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<FlushResult>(cancellationToken);
        Write(new ReadOnlySequence<byte>(frame));
        return _lease.Output.FlushAsync(cancellationToken);
    }

    private static SocketFailedException Refused(ResultCode code, string why) => new(new SocketResult(code, why));
}
