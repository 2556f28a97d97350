using System.Buffers;
using System.Net;
using Handoff.Transport;
using Handoff.Transport.Engine;

namespace Handoff.Actors.Tests;

// A connection on which nothing happens until it is closed, and that tells of it.
internal sealed class SlowStream : IStreamSocket
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Closed => _closed.Task;

    // What a send ends with; until it is closed, if nothing says so.
    public Task<IoResult>? Sending { get; set; }

    public EndPoint? LocalEndPoint => null;

    public EndPoint? RemoteEndPoint => null;

    public ValueTask<IoResult> ReceiveAsync(Memory<byte> buffer) => UntilClosed();

    public async ValueTask<IoResult> WaitReadableAsync()
    {
        await Task.WhenAny(_closed.Task, _stopped.Task);
        return IoResult.Failed(_stopped.Task.IsCompleted ? ResultCode.EEINTR : ResultCode.EEBADF);
    }

    public void StopWaiting() => _stopped.TrySetResult();

    public ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> bytes) =>
        Sending is { } sending ? new(sending) : UntilClosed();

    public ValueTask<IoResult> SendAsync(in ReadOnlySequence<byte> bytes) => SendAsync(bytes.First);

    public ResultCode SendUrgent(byte value) => ResultCode.EEMODENOTSUPP;

    public IoResult ReceiveUrgent(Span<byte> buffer) => IoResult.Failed(ResultCode.EEMODENOTSUPP);

    public ResultCode ShutdownSend() => ResultCode.EESUCCESS;

    public void Abort() => _closed.TrySetResult();

    public void Dispose() => _closed.TrySetResult();

    private async ValueTask<IoResult> UntilClosed()
    {
        await _closed.Task;
        return IoResult.Failed(ResultCode.EEBADF);
    }
}
