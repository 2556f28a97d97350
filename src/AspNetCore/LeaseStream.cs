using Handoff.Transport.Sockets;

namespace Handoff.AspNetCore;

// Both pipes of a lease, for what wants one stream. Disposing it closes the connection.
internal sealed class LeaseStream(SocketLease lease) : Stream
{
    private readonly Stream _input = lease.Input.AsStream();
    private readonly Stream _output = lease.Output.AsStream();
    private int _isDisposed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _input.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _input.ReadAsync(buffer, offset, count, cancellationToken);

    public override ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _output.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _output.WriteAsync(buffer, offset, count, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => _output.FlushAsync(cancellationToken);

    // The bytes of a lease are awaited.
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _isDisposed, 1) == 0) Complete();
        base.Dispose(disposing);
    }

    // A read that is pending ends first. The lease may have ended before, or its connection.
    private void Complete()
    {
        try
        {
            lease.Input.CancelPendingRead();
            lease.Input.Complete();
            lease.Output.Complete();
        }
        catch (Transport.SocketFailedException)
        {
            // It is another's, or nobody's.
        }
    }
}
