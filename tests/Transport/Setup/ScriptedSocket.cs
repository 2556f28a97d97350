using System.Buffers;
using System.Net;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Tests.Setup;

/// <summary>A socket that does what the test says; unless told otherwise its calls wait until it is closed.</summary>
internal sealed class ScriptedSocket : IStreamSocket
{
    private readonly TaskCompletionSource _closed = new();

    public Func<Memory<byte>, ValueTask<IoResult>>? Receive { get; set; }

    public Func<CancellationToken, ValueTask<IoResult>>? WaitReadable { get; set; }

    public Func<ReadOnlySequence<byte>, ValueTask<IoResult>>? Send { get; set; }

    public Func<ResultCode>? Shutdown { get; set; }

    public int Aborts { get; private set; }

    public int Disposals { get; private set; }

    public EndPoint? LocalEndPoint => null;

    public EndPoint? RemoteEndPoint => null;

    public ValueTask<IoResult> ReceiveAsync(Memory<byte> buffer) => Receive?.Invoke(buffer) ?? UntilClosed();

    public async ValueTask<IoResult> WaitReadableAsync(CancellationToken cancellationToken)
    {
        if (WaitReadable is not null) return await WaitReadable(cancellationToken);
        await _closed.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return IoResult.Failed(cancellationToken.IsCancellationRequested ? ResultCode.EEINTR : ResultCode.EEBADF);
    }

    public ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> bytes) => SendAsync(new ReadOnlySequence<byte>(bytes));

    public ValueTask<IoResult> SendAsync(in ReadOnlySequence<byte> bytes) => Send?.Invoke(bytes) ?? UntilClosed();

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
