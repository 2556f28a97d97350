using System.IO.Pipelines;
using System.Net;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Tests.Setup;

/// <summary>
/// A socket that does what the test says; unless told otherwise nothing comes, everything goes at once, and what waits
/// for room goes when the test says so.
/// </summary>
internal sealed class ScriptedDatagrams(bool isConnected = false) : IDatagramSocket
{
    private readonly Waiter<IoResult> _readable = new(PipeScheduler.Inline);
    private readonly Waiter<IoResult> _room = new(PipeScheduler.Inline);
    private byte[] _waiting = [];
    private ResultCode? _stopped;

    public static EndPoint Somewhere { get; } = new IPEndPoint(IPAddress.Loopback, 7);

    public Func<DatagramResult>? Receive { get; set; }

    public Func<ReadOnlyMemory<byte>, IoResult>? Try { get; set; }

    public EndPoint? LocalEndPoint => null;

    public EndPoint? RemoteEndPoint => isConnected ? Somewhere : null;

    public bool IsConnected => isConnected;

    public bool HasEnd { get; init; }

    public bool CanWaitToSend { get; init; } = true;

    public long? Dropped => null;

    public int Ends { get; private set; }

    public DatagramResult TryReceive(Span<byte> buffer) =>
        Receive?.Invoke() ?? DatagramResult.Failed(ResultCode.EEWOULDBLOCK);

    public ValueTask<IoResult> WaitReadableAsync()
    {
        if (_stopped is { } stopped) return new(IoResult.Failed(stopped));
        if (Receive is not null) return new(IoResult.Moved(0));
        _readable.Arm();
        return _readable.Armed;
    }

    public void StopWaiting() => Stop(ResultCode.EEINTR);

    public IoResult TrySend(ReadOnlySpan<byte> message, EndPoint? to) =>
        Try?.Invoke(message.ToArray()) ?? IoResult.Moved(message.Length);

    public ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> message, EndPoint? to)
    {
        _waiting = message.ToArray();
        _room.Arm();
        return _room.Armed;
    }

    // What waits for room goes, or fails.
    public byte[] Go(IoResult? result = null)
    {
        Assert.True(_room.IsWaiting, "nothing waits to be sent");
        var sent = _waiting;
        _room.Resolve(result ?? IoResult.Moved(sent.Length));
        _room.Fire();
        return sent;
    }

    public ResultCode ShutdownSend()
    {
        Ends++;
        return ResultCode.EESUCCESS;
    }

    public void Dispose()
    {
        Stop(ResultCode.EEBADF);
        if (_room.IsWaiting) Go(IoResult.Failed(ResultCode.EEBADF));
    }

    private void Stop(ResultCode why)
    {
        _stopped ??= why;
        if (!_readable.IsWaiting) return;
        _readable.Resolve(IoResult.Failed(why));
        _readable.Fire();
    }
}
