using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class RefusalTests(ITestOutputHelper output) : SocketTestKit(output)
{
    [Fact]
    public async Task A_command_without_authority_in_it_is_refused_and_does_no_harm()
    {
        var (owner, stranger) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        foreach (var command in new object[]
        {
            new Close(null!), new Abort(null!), new Write(null!, default), new Acquire(null!, stranger),
            new Decline(null!, stranger, "no"), new Revoke(null!, null!), new ReadBy(null!, null!),
            new SetHeir(null!, null),
        })
        {
            acquired.Handle.Socket.Tell(command, stranger);
            Assert.Equal(ResultCode.EESECURITY, stranger.ExpectMsg<Refused>().Result.Code);
        }

        await acquired.Lease.WriteAsync("unharmed");
        Assert.Equal("unharmed", await peer.ReceiveTextAsync(8));
    }

    [Fact]
    public async Task A_refusal_without_a_sender_harms_nobody_and_shows_the_handle_to_nobody()
    {
        var (owner, other) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var (theirs, otherPeer) = await OwnAsync(other);
        using var __ = otherPeer;
        acquired.Handle.Socket.Tell(new Close(theirs.Handle), ActorRefs.NoSender);
        await peer.SendAsync("unread");
        acquired.Handle.Socket.Tell(new Close(acquired.Handle), owner);
        acquired.Handle.Socket.Tell(new Close(acquired.Handle), ActorRefs.NoSender);
        Assert.Empty(await peer.ReceiveToEndAsync());
        peer.Dispose();
        Assert.Equal(ResultCode.EESUCCESS, owner.ExpectMsg<Closed>().Result.Code);
    }

    [Fact]
    public async Task A_release_that_cannot_be_is_refused_by_code()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var many = Enumerable.Repeat(target.Ref, 65).ToArray();
        var asked = await CaptureAskAsync();
        foreach (var (release, code) in new[]
        {
            (new Release(acquired.Handle, target) { Within = TimeSpan.Zero }, ResultCode.EEQUOTA),
            (new Release(acquired.Handle, target) { Within = Timeout.InfiniteTimeSpan }, ResultCode.EEQUOTA),
            (new Release(acquired.Handle, target) { Within = TimeSpan.FromDays(1) }, ResultCode.EEQUOTA),
            (new Release(acquired.Handle, OfferMode.InOrder, many), ResultCode.EEQUOTA),
            (new Release(acquired.Handle, OfferMode.AnyHolder, target, owner), ResultCode.EEBADDATA),
            (new Release(acquired.Handle, ActorRefs.Nobody), ResultCode.EENOADDR),
            (new Release(acquired.Handle, asked), ResultCode.EENOADDR),
        })
        {
            acquired.Handle.Socket.Tell(release, owner);
            Assert.Equal(code, owner.ExpectMsg<Refused>().Result.Code);
        }

        Assert.Equal("Held", StatusOf(owner, acquired.Handle.Socket).State);
    }

    // The ref of an Ask: it answers one question and is gone.
    private async Task<IActorRef> CaptureAskAsync()
    {
        var probe = CreateTestProbe();
        var asking = probe.Ref.Ask<string>("who asks?", Patience);
        probe.ExpectMsg<string>();
        var asker = probe.LastSender;
        probe.Reply("thanks");
        await asking;
        return asker;
    }
}
