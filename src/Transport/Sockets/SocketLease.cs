using System.IO.Pipelines;

namespace Handoff.Transport.Sockets;

/// <summary>
/// One owner's use of a connection, for one ownership period. Once it ended, every call on its pipes fails with
/// <see cref="SocketFailedException"/> (<see cref="ResultCode.EESECURITY"/>), pending ones too.
/// </summary>
public sealed class SocketLease : IDuplexPipe
{
    internal SocketLease()
    {
    }

    /// <summary>The ownership period.</summary>
    public long Epoch => throw new NotImplementedException();

    /// <summary>
    /// What the peer sends. Its FIN is <see cref="ReadResult.IsCompleted"/>; its reset or a failure comes after the
    /// bytes before it, as <see cref="SocketFailedException"/> with the code. Completing it gives up this owner's
    /// reading, not the next one's.
    /// </summary>
    public PipeReader Input => throw new NotImplementedException();

    /// <summary>
    /// What the peer is sent. A flush ends when the bytes are accepted: in the bounded queue, in order, for good. Where
    /// the peer is gone it throws <see cref="SocketFailedException"/> with the code. Completing it sends what is
    /// unflushed and then the FIN; completing it with an exception aborts the connection.
    /// </summary>
    public PipeWriter Output => throw new NotImplementedException();

    /// <summary>Trips when the ownership period ends. Callbacks run on the owner scheduler.</summary>
    public CancellationToken Ended => throw new NotImplementedException();

    /// <summary>Bytes consumed since the connection began; stands still once the lease ended.</summary>
    public long ConsumedPosition => throw new NotImplementedException();

    /// <summary>Bytes accepted since the connection began; stands still once the lease ended.</summary>
    public long WrittenPosition => throw new NotImplementedException();

    /// <summary>
    /// Consumes input and publishes what was written since the last flush in one step: either both happened before the
    /// end of the lease or neither.
    /// </summary>
    /// <param name="consumed">How much of the open read result is done with.</param>
    /// <param name="examined">How much of it was looked at; a read waits for more than that.</param>
    /// <param name="cancellationToken">Ends the wait for room, not the acceptance.</param>
    /// <returns>As a flush.</returns>
    public ValueTask<FlushResult> CommitAsync(
        SequencePosition consumed, SequencePosition examined, CancellationToken cancellationToken = default)
        => throw new NotImplementedException();
}
