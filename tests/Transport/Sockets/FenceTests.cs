using System.IO.Pipelines;
using Handoff.Transport.Memory;
using Handoff.Transport.Sockets;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Sockets;

/// <summary>The instant between a result being decided and its owner running: the end of the lease falls into
/// it.</summary>
public sealed class FenceTests
{
    private readonly Turns _network = new();
    private readonly Turns _owners = new();
    private readonly SocketConnection _server;
    private readonly SocketConnection _client;
    private readonly SocketLease _near;
    private readonly SocketLease _far;

    public FenceTests()
    {
        var options = new ConnectionOptions(_owners, PipeScheduler.Inline) { SendBuffer = 100 };
        var (near, far) = new MemoryNetwork(_network, bufferSize: 1000).Pair();
        (_client, _server) = (new SocketConnection(near, options), new SocketConnection(far, options));
        _client.Start();
        _server.Start();
        (_near, _far) = (_client.Lease(1), _server.Lease(1));
    }

    [Fact]
    public async Task A_read_that_was_resolved_before_the_end_and_resumed_after_it_is_refused()
    {
        var read = _far.Input.ReadAsync().AsTask();
        await _near.Output.WriteAsync(new byte[3]);
        _network.RunAll();
        Assert.Equal(ResultCode.EEBUSY, _server.Offer(default).Code);
        _server.Tear();
        _owners.RunAll();
        Assert.Equal(ResultCode.EESECURITY, (await Assert.ThrowsAsync<SocketFailedException>(() => read)).Code);
        Assert.True(_server.Lease(2).Input.TryRead(out var result));
        Assert.Equal(3, result.Buffer.Length);
    }

    [Fact]
    public async Task A_flush_that_was_resolved_before_the_end_and_resumed_after_it_is_refused()
    {
        var flush = _far.Output.WriteAsync(new byte[2000]).AsTask();
        _network.RunAll();
        Assert.False(flush.IsCompleted);
        _network.RunAll();
        Assert.True(_near.Input.TryRead(out var result));
        _near.Input.AdvanceTo(result.Buffer.End);
        _network.RunAll();
        Assert.False(flush.IsCompleted);
        Assert.Equal(0, _server.Status.Unsent);
        _server.Tear();
        _owners.RunAll();
        Assert.Equal(ResultCode.EESECURITY, (await Assert.ThrowsAsync<SocketFailedException>(() => flush)).Code);
    }

    [Fact]
    public void What_a_callback_of_the_end_throws_is_kept_as_a_task_that_nobody_awaited()
    {
        using var registration = _far.Ended.Register(() => throw new InvalidOperationException("mine"));
        _server.Tear();
        _owners.RunAll();
        Assert.Equal("mine", _far.Tripped.Exception!.GetBaseException().Message);
    }

    [Fact]
    public void Nothing_of_the_owners_runs_inside_a_call_of_the_controller()
    {
        var ran = false;
        using var registration = _far.Ended.Register(() => ran = true);
        var read = _far.Input.ReadAsync().AsTask();
        _server.Lease(2);
        _server.Close();
        Assert.False(ran || read.IsCompleted);
        _owners.RunAll();
        Assert.True(ran && read.IsFaulted);
    }
}
