using System.IO.Pipelines;
using Handoff.Transport.Engine;
using Handoff.Transport.Memory;
using Handoff.Transport.Sockets;
using Handoff.Transport.Tests.Setup;
using Handoff.Transport.Tls;

namespace Handoff.Transport.Tests.Tls;

public sealed class TlsHandshakeTests : IAsyncLifetime
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private readonly ManualTime _time = new();
    private readonly IStreamSocket _peer;
    private readonly TlsHandshake _handshake;

    public TlsHandshakeTests()
    {
        (var near, _peer) = new MemoryNetwork(PipeScheduler.ThreadPool, bufferSize: 64 * 1024).Pair();
        var plain = new SocketConnection(
            near, new ConnectionOptions(PipeScheduler.ThreadPool, PipeScheduler.Inline) { TimeProvider = _time });
        plain.Start();
        plain.Lease(1);
        _handshake = TlsHandshake.Begin(plain, TlsSide.Of(TlsPair.AsServer)).Handshake!;
        _handshake.Connection.Start();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _peer.Dispose();
        await _handshake.Connection.DisposeAsync();
    }

    [Fact]
    public async Task A_peer_that_says_nothing_is_reset_when_the_time_is_over_and_not_before()
    {
        var run = _handshake.RunAsync(Bound);
        await Until(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return run.IsCompleted;
        });
        Assert.True(_time.GetTimestamp() >= Bound.Ticks);
        var (session, result) = await run.WaitAsync(TlsPair.Patience);
        Assert.Equal((null, ResultCode.EETIMEDOUT), (session, result.Code));
        Assert.Equal(result, await _handshake.Connection.Completion.WaitAsync(TlsPair.Patience));
        Assert.Equal(ResultCode.EERESET, (await _peer.ReceiveAsync(new byte[1]).AsTask()).Code);
    }

    [Fact]
    public async Task The_end_after_a_handshake_that_failed_has_its_reason_and_the_peer_reads_the_alert_and_a_fin()
    {
        var run = _handshake.RunAsync(Bound);
        var lease = _handshake.Connection.Lease(1);
        var read = lease.Input.ReadAsync().AsTask();
        await lease.Output.WriteAsync("not to be seen"u8.ToArray());
        await _peer.SendAsync("EHLO mail.example, and more than a header\r\n"u8.ToArray());
        var (_, result) = await run.WaitAsync(TlsPair.Patience);
        Assert.Equal(ResultCode.EETLS, result.Code);
        var refused = await Assert.ThrowsAsync<SocketFailedException>(() => read.WaitAsync(TlsPair.Patience));
        Assert.Equal(result, refused.Result);
        var said = new List<byte>();
        var buffer = new byte[100];
        IoResult received;
        while ((received = await _peer.ReceiveAsync(buffer).AsTask().WaitAsync(TlsPair.Patience)).Bytes > 0)
            said.AddRange(buffer[..received.Bytes]);
        Assert.True(received.IsSuccess, received.ToString());
        Assert.True(said.Count is 0 || said[0] == 21, "only an alert may be said");
        _peer.ShutdownSend();
        Assert.Equal(result, await _handshake.Connection.Completion.WaitAsync(TlsPair.Patience));
    }

    private static async Task Until(Func<bool> condition)
    {
        using var bound = new CancellationTokenSource(TlsPair.Patience);
        while (!condition())
        {
            bound.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
