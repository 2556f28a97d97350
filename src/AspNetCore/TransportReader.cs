using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Handoff.Transport;

namespace Handoff.AspNetCore;

// The input of a lease with the failures that Kestrel knows of a transport, and with an end where it was taken out.
internal sealed class TransportReader(HandoffConnection connection, PipeReader lease) : PipeReader
{
    private static readonly ReadResult End = new(ReadOnlySequence<byte>.Empty, isCanceled: false, isCompleted: true);

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var read = lease.ReadAsync(cancellationToken);
            return read.IsCompletedSuccessfully ? read : AwaitAsync(read);
        }
        catch (SocketFailedException failed)
        {
            return connection.Translate(failed) is { } failure
                ? ValueTask.FromException<ReadResult>(failure)
                : new ValueTask<ReadResult>(End);
        }
    }

    public override bool TryRead(out ReadResult result)
    {
        try
        {
            return lease.TryRead(out result);
        }
        catch (SocketFailedException failed)
        {
            if (connection.Translate(failed) is { } failure) throw failure;
            result = End;
            return true;
        }
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        try
        {
            if (!consumed.Equals(default)) lease.AdvanceTo(consumed, examined);
        }
        catch (SocketFailedException)
        {
            // The next read tells.
        }
    }

    public override void CancelPendingRead()
    {
        try
        {
            lease.CancelPendingRead();
        }
        catch (SocketFailedException)
        {
            // None is pending any more.
        }
    }

    public override void Complete(Exception? exception = null)
    {
        try
        {
            lease.Complete(exception);
        }
        catch (SocketFailedException)
        {
            // It is another's, or nobody's.
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> AwaitAsync(ValueTask<ReadResult> read)
    {
        try
        {
            return await read.ConfigureAwait(false);
        }
        catch (SocketFailedException failed)
        {
            return connection.Translate(failed) is { } failure ? throw failure : End;
        }
    }
}
