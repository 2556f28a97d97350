using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Handoff.Transport;

namespace Handoff.AspNetCore;

// The output of a lease. As with every transport of Kestrel's nothing throws because the peer, or the connection, is
// gone: what is written then is dropped, and a flush says that nobody reads any more.
internal sealed class TransportWriter(HandoffConnection connection, PipeWriter lease) : PipeWriter
{
    private static readonly FlushResult NobodyReads = new(isCanceled: false, isCompleted: true);

    // What is written to where it goes nowhere.
    private byte[] _void = [];

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes
    {
        get
        {
            try
            {
                return lease.UnflushedBytes;
            }
            catch (SocketFailedException failed) when (IsOver(failed))
            {
                return 0;
            }
        }
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        try
        {
            return lease.GetMemory(sizeHint);
        }
        catch (SocketFailedException failed) when (IsOver(failed))
        {
            const int Least = 4096;
            if (_void.Length < Math.Max(sizeHint, Least)) _void = new byte[Math.Max(sizeHint, Least)];
            return _void;
        }
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        try
        {
            lease.Advance(bytes);
        }
        catch (SocketFailedException failed) when (IsOver(failed))
        {
            // Dropped.
        }
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        WriteAsync(ReadOnlyMemory<byte>.Empty, cancellationToken);

    public override ValueTask<FlushResult> WriteAsync(
        ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        try
        {
            var flush = lease.WriteAsync(source, cancellationToken);
            return flush.IsCompletedSuccessfully ? flush : AwaitAsync(flush);
        }
        catch (SocketFailedException failed) when (IsOver(failed))
        {
            return new ValueTask<FlushResult>(NobodyReads);
        }
    }

    public override void CancelPendingFlush()
    {
        try
        {
            lease.CancelPendingFlush();
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
            if (!connection.IsAborted) lease.Complete(exception);
        }
        catch (SocketFailedException)
        {
            // It is another's, or nobody's.
        }
    }

    // While it is on offer it may come back: then a write that was dropped would be missing.
    private static bool IsOver(SocketFailedException failed) =>
        failed.Code is not (ResultCode.EESOCKRLSD or ResultCode.EEBUSY);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<FlushResult> AwaitAsync(ValueTask<FlushResult> flush)
    {
        try
        {
            return await flush.ConfigureAwait(false);
        }
        catch (SocketFailedException failed) when (IsOver(failed))
        {
            return NobodyReads;
        }
    }
}
