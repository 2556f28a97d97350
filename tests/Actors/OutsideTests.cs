using System.Net;
using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// Code outside actors: the awaitable form of everything.
public sealed class OutsideTests(ITestOutputHelper output) : SocketTestKit(output, virtualTime: false)
{
    private static readonly IPEndPoint Anywhere = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task Code_outside_actors_listens_connects_releases_and_acquires()
    {
        await using var server = await Handoff.OpenTargetAsync();
        await using var next = await Handoff.OpenTargetAsync();
        await using var listener = await Handoff.ListenAsync(Anywhere, server.Ref);
        await using var client = await Handoff.ConnectAsync(listener.EndPoint);
        var first = await server.AcquireNextAsync();
        await client.Lease.WriteAsync("onetwo");
        Assert.Equal("one", await first.Lease.ReadTextAsync(3));
        var releasing = first.ReleaseAsync(next.Ref, attachment: "note");
        var offered = await next.NextAsync();
        Assert.Equal("note", offered.Offered.Attachment);
        var second = await offered.AcquireAsync();
        Assert.True((await releasing).IsSuccess);
        await first.AbortAsync();
        Assert.Equal(ResultCode.EESECURITY, (await first.Closed).Code);
        Assert.Equal("two", await second.Lease.ReadTextAsync(3));
        await second.DisposeAsync();
        Assert.Empty(await client.Lease.ReadToEndAsync());
    }

    [Fact]
    public async Task A_release_that_is_declined_returns_its_code_and_the_connection_goes_on()
    {
        await using var server = await Handoff.OpenTargetAsync();
        await using var other = await Handoff.OpenTargetAsync();
        await using var listener = await Handoff.ListenAsync(Anywhere, server.Ref);
        await using var client = await Handoff.ConnectAsync(listener.EndPoint);
        var owned = await server.AcquireNextAsync();
        var releasing = owned.ReleaseAsync(other.Ref);
        (await other.NextAsync()).Decline("not today");
        var result = await releasing;
        Assert.Equal(ResultCode.EESOCKNOTRLSD, result.Code);
        Assert.Contains("not today", result.Reason, StringComparison.Ordinal);
        await owned.Lease.WriteAsync("still");
        Assert.Equal("still", await client.Lease.ReadTextAsync(5));
    }

    [Fact]
    public async Task Cancelling_a_release_revokes_it_and_a_late_acquire_throws_the_code()
    {
        await using var server = await Handoff.OpenTargetAsync();
        await using var slow = await Handoff.OpenTargetAsync();
        await using var listener = await Handoff.ListenAsync(Anywhere, server.Ref);
        await using var client = await Handoff.ConnectAsync(listener.EndPoint);
        var owned = await server.AcquireNextAsync();
        using var cancel = new CancellationTokenSource();
        var releasing = owned.ReleaseAsync(slow.Ref, cancellationToken: cancel.Token);
        var offered = await slow.NextAsync();
        await cancel.CancelAsync();
        Assert.Equal(ResultCode.EESOCKNOTRLSD, (await releasing).Code);
        var late = await Assert.ThrowsAsync<SocketFailedException>(() => offered.AcquireAsync());
        Assert.Equal(ResultCode.EESOCKNOTRLSD, late.Code);
    }

    [Fact]
    public async Task A_release_whose_token_is_cancelled_already_is_revoked_at_once()
    {
        await using var server = await Handoff.OpenTargetAsync();
        await using var slow = await Handoff.OpenTargetAsync();
        await using var listener = await Handoff.ListenAsync(Anywhere, server.Ref);
        await using var client = await Handoff.ConnectAsync(listener.EndPoint);
        await using var owned = await server.AcquireNextAsync();
        var cancelled = new CancellationToken(canceled: true);
        var result = await owned.ReleaseAsync(slow.Ref, cancellationToken: cancelled);
        Assert.Equal(ResultCode.EESOCKNOTRLSD, result.Code);
        Assert.Contains("Revoked", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_acquires_of_one_offer_one_owns_the_socket_and_is_told_its_end()
    {
        await using var server = await Handoff.OpenTargetAsync();
        await using var listener = await Handoff.ListenAsync(Anywhere, server.Ref);
        await using var client = await Handoff.ConnectAsync(listener.EndPoint);
        var offered = await server.NextAsync();
        var (first, second) = (offered.AcquireAsync(), offered.AcquireAsync());
        var owned = await first;
        var refused = await Assert.ThrowsAsync<SocketFailedException>(() => second);
        Assert.Equal(ResultCode.EESOCKNOTRLSD, refused.Code);
        await owned.DisposeAsync();
        Assert.True((await owned.Closed).IsSuccess);
    }

    [Fact]
    public async Task A_listener_that_is_offered_to_code_outside_actors_is_declined()
    {
        await using var target = await Handoff.OpenTargetAsync();
        var owner = CreateTestProbe();
        var listening = Listen(owner);
        Release(owner, listening.Handle, target.Ref);
        var refused = await Assert.ThrowsAsync<SocketFailedException>(() => target.AcquireNextAsync());
        Assert.Equal(ResultCode.EEMODENOTSUPP, refused.Code);
        Assert.Equal(OfferOutcome.Declined, owner.ExpectMsg<ReleaseFailed>().Outcome);
    }

    [Fact]
    public async Task A_connect_that_is_refused_throws_the_code()
    {
        // It does not listen, and nobody else does there as long as it is bound.
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(Anywhere);
        var refused = await Assert.ThrowsAsync<SocketFailedException>(
            () => Handoff.ConnectAsync(deaf.LocalEndPoint!));
        Assert.Equal(ResultCode.EECONNREFUSED, refused.Code);
    }

    [Fact]
    public void A_connect_or_listen_that_lacks_something_is_refused_by_code()
    {
        var asker = CreateTestProbe();
        foreach (var command in new object[]
        {
            new Connect(null!, asker), new Connect(Anywhere, null!),
            new Listen(null!, asker), new Listen(Anywhere, null!),
        })
        {
            Handoff.Sockets.Tell(command, asker);
            Assert.Equal(ResultCode.EENOADDR, asker.ExpectMsg<Refused>().Result.Code);
        }
    }

    [Fact]
    public async Task A_target_with_too_many_offers_declines_the_next()
    {
        await using var server = await Handoff.OpenTargetAsync();
        await using var listener = await Handoff.ListenAsync(Anywhere, server.Ref);
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        for (var i = 0; i < SocketTarget.MaxOffers; i++) server.Ref.Tell(Dummy(acquired), owner);
        Release(owner, acquired.Handle, server.Ref);
        var failed = owner.FishForMessage(message => message is ReleaseFailed, TimeSpan.FromSeconds(20));
        Assert.Contains("too many", ((ReleaseFailed)failed).Result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_actor_may_ask_for_a_release_and_await_its_outcome()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var asked = acquired.Handle.Socket.Ask<object>(new Release(acquired.Handle, target), Patience);
        Take(target);
        Assert.IsType<Released>(await asked);
    }

    [Fact]
    public async Task What_was_written_is_sent_before_a_disposed_connection_closes()
    {
        await using var server = await Handoff.OpenTargetAsync();
        await using var listener = await Handoff.ListenAsync(Anywhere, server.Ref);
        var client = await Handoff.ConnectAsync(listener.EndPoint);
        var owned = await server.AcquireNextAsync();
        await client.Lease.WriteAsync("farewell");
        var disposing = client.DisposeAsync();
        Assert.Equal("farewell", Encoding.ASCII.GetString(await owned.Lease.ReadToEndAsync()));
        await owned.DisposeAsync();
        await disposing;
        Assert.True((await client.Closed).IsSuccess);
    }

    private static Offered Dummy(Acquired acquired) => new(
        new OfferHandle(acquired.Handle.Socket, acquired.Handle.Id, 0, default),
        null,
        acquired.Facts,
        TimeSpan.FromSeconds(5),
        null);
}
