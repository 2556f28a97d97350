using System.Buffers;
using System.Net;
using Akka.Actor;
using Akka.Configuration;
using Handoff.AspNetCore.Tests.Setup;
using Handoff.Hosting;
using Handoff.Messages;
using Handoff.Transport;
using Microsoft.AspNetCore.Connections;

namespace Handoff.AspNetCore.Tests;

// The owner of Kestrel's connections, without Kestrel: who accepts here is the test.
public sealed class KestrelOwnerTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ActorSystem _system = ActorSystem.Create("owner", ConfigurationFactory.ParseString(
        """
        akka { loggers = [], stdout-loglevel = OFF }
        handoff.kestrel.max-waiting = 2
        """));

    private ListeningSocket? _door;
    private SocketTarget? _givers;

    private HandoffExtension Handoff => HandoffExtension.For(_system);

    private IActorRef Target => HandoffKestrel.For(_system).Target("web");

    public async Task InitializeAsync()
    {
        _givers = await Handoff.OpenTargetAsync();
        _door = await Handoff.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0), _givers.Ref);
    }

    public async Task DisposeAsync()
    {
        await _system.Terminate().WaitAsync(Patience);
        _system.Dispose();
    }

    [Fact]
    public async Task What_is_released_before_Kestrel_has_started_waits_for_it()
    {
        var (client, given) = await ConnectAsync();
        await client.Lease.Output.WriteAsync("early"u8.ToArray());
        var release = given.ReleaseAsync(Target);
        var listener = await BindAsync();
        var connection = await AcceptAsync(listener);
        Assert.True((await release).IsSuccess);
        Assert.Equal("early", await ReadAsync(connection));
        Assert.Equal(_door!.EndPoint, connection.LocalEndPoint);
        Assert.Equal(client.Facts.Local, connection.RemoteEndPoint);
    }

    [Fact]
    public async Task More_than_may_wait_for_Kestrel_are_declined_and_say_why()
    {
        var listener = await BindAsync();
        Assert.True((await (await ConnectAsync()).Given.ReleaseAsync(Target)).IsSuccess);
        Assert.True((await (await ConnectAsync()).Given.ReleaseAsync(Target)).IsSuccess);
        var third = (await ConnectAsync()).Given;
        var refused = await third.ReleaseAsync(Target);
        Assert.Equal(ResultCode.EESOCKNOTRLSD, refused.Code);
        Assert.Contains("handoff.kestrel.max-waiting", refused.Reason, StringComparison.Ordinal);
        await AcceptAsync(listener);
        Assert.True((await third.ReleaseAsync(Target)).IsSuccess);
    }

    [Fact]
    public async Task More_than_may_wait_for_Kestrels_start_are_declined()
    {
        var within = TimeSpan.FromMinutes(5);
        var first = (await ConnectAsync()).Given.ReleaseAsync(Target, within);
        var second = (await ConnectAsync()).Given.ReleaseAsync(Target, within);
        var refused = await (await ConnectAsync()).Given.ReleaseAsync(Target);
        Assert.Equal(ResultCode.EESOCKNOTRLSD, refused.Code);
        Assert.Contains("handoff.kestrel.max-waiting", refused.Reason, StringComparison.Ordinal);
        var listener = await BindAsync();
        Assert.True((await first).IsSuccess);
        Assert.True((await second).IsSuccess);
        await AcceptAsync(listener);
        await AcceptAsync(listener);
    }

    [Fact]
    public async Task Once_Kestrel_has_stopped_listening_it_declines_and_what_waited_is_accepted_still()
    {
        var listener = await BindAsync();
        var (client, given) = await ConnectAsync();
        Assert.True((await given.ReleaseAsync(Target)).IsSuccess);
        await listener.UnbindAsync();
        var refused = await (await ConnectAsync()).Given.ReleaseAsync(Target);
        Assert.Equal(ResultCode.EESOCKNOTRLSD, refused.Code);
        Assert.Contains("does not listen", refused.Reason, StringComparison.Ordinal);
        await client.Lease.Output.WriteAsync("late"u8.ToArray());
        Assert.Equal("late", await ReadAsync(await AcceptAsync(listener)));
        Assert.Null(await listener.AcceptAsync().AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task What_nobody_has_accepted_when_Kestrel_goes_is_reset()
    {
        var listener = await BindAsync();
        var (client, given) = await ConnectAsync();
        Assert.True((await given.ReleaseAsync(Target)).IsSuccess);
        await listener.DisposeAsync();
        Assert.Equal(ResultCode.EERESET, (await client.Closed.WaitAsync(Patience)).Code);
    }

    [Fact]
    public async Task An_endpoint_is_bound_once_and_again_after_it_was_unbound()
    {
        var listener = await BindAsync();
        await Assert.ThrowsAsync<AddressInUseException>(() => BindAsync());
        await listener.UnbindAsync();
        listener = await BindAsync();
        Assert.True((await (await ConnectAsync()).Given.ReleaseAsync(Target)).IsSuccess);
        await AcceptAsync(listener);
    }

    [Fact]
    public async Task It_does_not_borrow()
    {
        await BindAsync();
        var lender = _system.ActorOf(Props.Create(() => new Lender()));
        var given = (await ConnectAsync()).Given;
        Assert.True((await given.ReleaseAsync(lender)).IsSuccess);
        var failed = await lender.Ask<ReleaseFailed>(Target, Patience);
        Assert.Contains("does not borrow", failed.Result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_takes_connections_only()
    {
        await BindAsync();
        await using var datagrams = await Handoff.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var refused = await datagrams.ReleaseAsync(Target);
        Assert.Contains("Datagrams", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_it_stops_its_connections_close_and_Kestrel_accepts_no_more()
    {
        var listener = await BindAsync();
        var (client, given) = await ConnectAsync();
        Assert.True((await given.ReleaseAsync(Target)).IsSuccess);
        var connection = await AcceptAsync(listener);
        var reading = connection.Transport.Input.ReadAsync().AsTask();
        _system.Stop(Target);
        Assert.Null(await listener.AcceptAsync().AsTask().WaitAsync(Patience));
        await Assert.ThrowsAnyAsync<ConnectionAbortedException>(() => reading.WaitAsync(Patience));
        Assert.True(connection.ConnectionClosed.WaitHandle.WaitOne(Patience));
        Assert.True((await client.Lease.Input.ReadAsync().AsTask().WaitAsync(Patience)).IsCompleted);
        var late = await ((IHandoffFeature)connection).ReleaseAsync(_givers!.Ref).WaitAsync(Patience);
        Assert.Equal(ResultCode.EEABORTED, late.Code);
        await connection.DisposeAsync();
    }

    [Fact]
    public async Task When_it_crashes_its_connections_close_and_it_takes_no_more()
    {
        var listener = await BindAsync();
        var (client, given) = await ConnectAsync();
        Assert.True((await given.ReleaseAsync(Target)).IsSuccess);
        await AcceptAsync(listener);
        Target.Tell(new KestrelOwner.Unbind(null!));
        Assert.Null(await listener.AcceptAsync().AsTask().WaitAsync(Patience));
        Assert.True((await client.Lease.Input.ReadAsync().AsTask().WaitAsync(Patience)).IsCompleted);
        var refused = await (await ConnectAsync()).Given.ReleaseAsync(Target);
        Assert.Contains("does not listen", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_with_an_address_listens_there_until_it_is_unbound()
    {
        var listener = await BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var client = await Handoff.ConnectAsync(listener.EndPoint).WaitAsync(Patience);
        await client.Lease.Output.WriteAsync("direct"u8.ToArray());
        Assert.Equal("direct", await ReadAsync(await AcceptAsync(listener)));
        await listener.UnbindAsync();
        await Assert.ThrowsAsync<SocketFailedException>(() => Handoff.ConnectAsync(listener.EndPoint));
    }

    [Fact]
    public async Task An_address_that_is_in_use_is_told_as_Kestrel_knows_it_and_the_endpoint_is_free_again()
    {
        await Assert.ThrowsAsync<AddressInUseException>(() => BindAsync(_door!.EndPoint));
        await BindAsync();
    }

    [Fact]
    public async Task A_listener_may_name_it_as_its_acceptor()
    {
        var listener = await BindAsync();
        await using var door = await Handoff.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0), Target);
        var client = await Handoff.ConnectAsync(door.EndPoint).WaitAsync(Patience);
        await client.Lease.Output.WriteAsync("direct"u8.ToArray());
        Assert.Equal("direct", await ReadAsync(await AcceptAsync(listener)));
    }

    [Fact]
    public async Task A_connection_that_Kestrel_is_done_with_is_closed_after_what_was_written()
    {
        var listener = await BindAsync();
        var (client, given) = await ConnectAsync();
        Assert.True((await given.ReleaseAsync(Target)).IsSuccess);
        var connection = await AcceptAsync(listener);
        connection.Transport.Output.Write("bye"u8);
        await connection.DisposeAsync();
        var read = await client.Lease.Input.ReadAtLeastAsync(4).AsTask().WaitAsync(Patience);
        Assert.Equal("bye", System.Text.Encoding.UTF8.GetString(read.Buffer.ToArray()));
    }

    [Fact]
    public async Task What_is_written_to_a_client_that_is_gone_is_dropped_and_a_flush_says_so()
    {
        var listener = await BindAsync();
        var (client, given) = await ConnectAsync();
        Assert.True((await given.ReleaseAsync(Target)).IsSuccess);
        var connection = await AcceptAsync(listener);
        await client.AbortAsync().WaitAsync(Patience);
        Assert.True(connection.ConnectionClosed.WaitHandle.WaitOne(Patience));
        var output = connection.Transport.Output;
        Assert.InRange(output.GetMemory(10_000).Length, 10_000, int.MaxValue);
        output.Advance(10_000);
        Assert.Equal(0, output.UnflushedBytes);
        Assert.True((await output.FlushAsync()).IsCompleted);
        Assert.True((await output.WriteAsync(new byte[100_000])).IsCompleted);
        await connection.DisposeAsync();
    }

    [Fact]
    public async Task An_abort_resets_the_client()
    {
        var listener = await BindAsync();
        var (client, given) = await ConnectAsync();
        Assert.True((await given.ReleaseAsync(Target)).IsSuccess);
        var connection = await AcceptAsync(listener);
        connection.Abort(new ConnectionAbortedException("enough"));

        // As Kestrel does, before the socket's actor has heard of it: no good end may overtake it.
        await connection.Transport.Output.CompleteAsync();
        await connection.DisposeAsync();
        Assert.Equal(ResultCode.EERESET, (await client.Closed.WaitAsync(Patience)).Code);
    }

    private async Task<(OwnedSocket Client, OwnedSocket Given)> ConnectAsync()
    {
        var client = await Handoff.ConnectAsync(_door!.EndPoint).WaitAsync(Patience);
        return (client, await _givers!.AcquireNextAsync().WaitAsync(Patience));
    }

    private Task<IConnectionListener> BindAsync(EndPoint? address = null) =>
        HandoffKestrel.For(_system).BindAsync(new HandoffEndPoint("web", address), MemoryPool<byte>.Shared);

    private static async Task<ConnectionContext> AcceptAsync(IConnectionListener listener) =>
        await listener.AcceptAsync().AsTask().WaitAsync(Patience)
            ?? throw new InvalidOperationException("Nothing is accepted any more.");

    private static async Task<string> ReadAsync(ConnectionContext connection)
    {
        var read = await connection.Transport.Input.ReadAsync().AsTask().WaitAsync(Patience);
        var text = System.Text.Encoding.UTF8.GetString(read.Buffer.ToArray());
        connection.Transport.Input.AdvanceTo(read.Buffer.End);
        return text;
    }
}
