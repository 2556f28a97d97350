using System.Buffers;
using System.Net;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Tests.Setup;

/// <summary>A socket that does what the test says; unless told otherwise its calls wait until it is closed.</summary>
internal sealed class ScriptedSocket : IStreamSocket
{
    private readonly TaskCompletionSource _closed = new();
    private readonly TaskCompletionSource _stopped = new();

    public Func<Memory<byte>, ValueTask<IoResult>>? Receive { get; set; }

    public Func<ValueTask<IoResult>>? WaitReadable { get; set; }

    public Func<ReadOnlySequence<byte>, ValueTask<IoResult>>? Send { get; set; }

    public Func<ResultCode>? Shutdown { get; set; }

    public int Aborts { get; private set; }

    public int Disposals { get; private set; }

    public EndPoint? LocalEndPoint => null;

    public EndPoint? RemoteEndPoint => null;

    public ValueTask<IoResult> ReceiveAsync(Memory<byte> buffer) => Receive?.Invoke(buffer) ?? UntilClosed();

    public async ValueTask<IoResult> WaitReadableAsync()
    {
        if (WaitReadable is not null) return await WaitReadable();
        await Task.WhenAny(_closed.Task, _stopped.Task);
        return IoResult.Failed(_stopped.Task.IsCompleted ? ResultCode.EEINTR : ResultCode.EEBADF);
    }

    public void StopWaiting() => _stopped.TrySetResult();

    public ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> bytes) => SendAsync(new ReadOnlySequence<byte>(bytes));

    public ValueTask<IoResult> SendAsync(in ReadOnlySequence<byte> bytes) => Send?.Invoke(bytes) ?? UntilClosed();

    public ResultCode SendUrgent(byte value) => ResultCode.EEMODENOTSUPP;

    public IoResult ReceiveUrgent(Span<byte> buffer) => IoResult.Failed(ResultCode.EEMODENOTSUPP);

    public ResultCode ShutdownSend() => Shutdown?.Invoke() ?? ResultCode.EESUCCESS;

    public void Abort()
    {
        Aborts++;
        _closed.TrySetResult();
    }

    public void Dispose()
    {
        Disposals++;
        _closed.TrySetResult();
    }

    private async ValueTask<IoResult> UntilClosed()
    {
        await _closed.Task;
        return IoResult.Failed(ResultCode.EEBADF);
    }
}
