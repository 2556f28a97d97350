using System.Net;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Names;

public sealed class OutsideNameTests(ITestOutputHelper output) : SocketTestKit(output, virtualTime: false)
{
    private static readonly IPEndPoint Anywhere = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task Code_outside_actors_gives_and_gets_by_name()
    {
        await using var server = await Handoff.OpenTargetAsync();
        await using var listener = await Handoff.ListenAsync(Anywhere, server.Ref);
        await using var client = await Handoff.ConnectAsync(listener.EndPoint);
        var first = await server.AcquireNextAsync();
        await client.Lease.WriteAsync("onetwo");
        Assert.Equal("one", await first.Lease.ReadTextAsync(3));
        var given = await first.GiveAsync(attachment: "note");
        var getting = await Handoff.GetAsync(given.Name);
        Assert.True((await given.Outcome).IsSuccess);
        Assert.Equal("note", getting.Attachment);
        Assert.Equal("two", await getting.Lease.ReadTextAsync(3));
        var gone = await Assert.ThrowsAsync<SocketFailedException>(() => Handoff.GetAsync(given.Name));
        Assert.Equal(ResultCode.EENAMENOTFOUND, gone.Result.Code);
        await getting.DisposeAsync();
        Assert.Empty(await client.Lease.ReadToEndAsync());
    }

    [Fact]
    public async Task A_give_outside_actors_that_is_refused_throws_its_code_and_one_that_is_cancelled_comes_back()
    {
        await using var server = await Handoff.OpenTargetAsync();
        await using var listener = await Handoff.ListenAsync(Anywhere, server.Ref);
        await using var client = await Handoff.ConnectAsync(listener.EndPoint);
        await using var owned = await server.AcquireNextAsync();
        var refused = await Assert.ThrowsAsync<SocketFailedException>(() => owned.GiveAsync("much too long a name"));
        Assert.Equal(ResultCode.EENAMETOOLONG, refused.Result.Code);
        using var cancelling = new CancellationTokenSource();
        var given = await owned.GiveAsync("x", cancellationToken: cancelling.Token);
        await cancelling.CancelAsync();
        Assert.Equal(ResultCode.EESOCKNOTRLSD, (await given.Outcome).Code);
        await owned.Lease.WriteAsync("still");
        Assert.Equal("still", await client.Lease.ReadTextAsync(5));
    }

    [Fact]
    public async Task A_give_outside_actors_whose_token_is_cancelled_already_comes_back_at_once()
    {
        await using var server = await Handoff.OpenTargetAsync();
        await using var listener = await Handoff.ListenAsync(Anywhere, server.Ref);
        await using var client = await Handoff.ConnectAsync(listener.EndPoint);
        await using var owned = await server.AcquireNextAsync();
        var given = await owned.GiveAsync(cancellationToken: new CancellationToken(canceled: true));
        var outcome = await given.Outcome;
        Assert.Equal(ResultCode.EESOCKNOTRLSD, outcome.Code);
        Assert.Contains("Revoked", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_that_is_got_outside_actors_is_closed_and_the_code_says_why()
    {
        var giver = CreateTestProbe();
        var listening = Listen(giver);
        listening.Handle.Socket.Tell(new Give(listening.Handle, "front"), giver);
        giver.ExpectMsg<Given>();
        Watch(listening.Handle.Socket);
        var refused = await Assert.ThrowsAsync<SocketFailedException>(() => Handoff.GetAsync("front"));
        Assert.Equal(ResultCode.EEMODENOTSUPP, refused.Code);
        Assert.Contains("listener", refused.Result.Reason, StringComparison.Ordinal);
        giver.ExpectMsg<Released>();
        ExpectTerminated(listening.Handle.Socket, Patience);
    }

    [Fact]
    public async Task A_get_outside_actors_waits_for_the_give()
    {
        await using var server = await Handoff.OpenTargetAsync();
        await using var listener = await Handoff.ListenAsync(Anywhere, server.Ref);
        await using var client = await Handoff.ConnectAsync(listener.EndPoint);
        var owned = await server.AcquireNextAsync();
        var getting = Handoff.GetAsync("later", Patience);
        var given = await owned.GiveAsync("later");
        await using var got = await getting;
        Assert.True((await given.Outcome).IsSuccess);
        await got.Lease.WriteAsync("here");
        Assert.Equal("here", await client.Lease.ReadTextAsync(4));
    }
}
