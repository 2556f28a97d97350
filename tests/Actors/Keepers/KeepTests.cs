using System.Net.Sockets;
using Akka.TestKit;
using Handoff.Actors.Tests.Processes;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Handles.Frames;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Keepers;

public sealed class KeepTests(ITestOutputHelper output)
    : ProcessTestKit(output, "handoff.keeper { check-interval = 100ms, max-waiting = 1 }")
{
    private string KeeperPath => Path.Combine(Path.GetDirectoryName(DirectoryPath)!, "keeper");

    [Fact]
    public async Task A_kept_connection_that_its_owner_closes_ends_for_its_peer_and_is_withdrawn()
    {
        await using var keeper = Open();
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Kept(owner, acquired.Handle);
        await keeper.ToldAsync("kept 1 key=handoff");
        await acquired.Lease.WriteAsync("bye");
        acquired.Handle.Socket.Tell(new Close(acquired.Handle), owner);
        Assert.Equal("bye"u8.ToArray(), await peer.ReceiveToEndAsync());
        peer.FinishSending();
        Assert.True(owner.ExpectMsg<Closed>().Result.IsSuccess);
        await keeper.ToldAsync("over 1 key=handoff");
    }

    [Fact]
    public async Task A_kept_connection_that_its_owner_aborts_is_reset_at_once()
    {
        await using var keeper = Open();
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Kept(owner, acquired.Handle);
        acquired.Handle.Socket.Tell(new Abort(acquired.Handle), owner);
        var gone = await Assert.ThrowsAsync<SocketException>(
            () => peer.Socket.ReceiveAsync(new byte[1]).WaitAsync(Patience));
        Assert.Equal(SocketError.ConnectionReset, gone.SocketErrorCode);
        await keeper.ToldAsync("over 1 key=handoff");
    }

    [Fact]
    public async Task Where_a_kept_listener_is_closed_nobody_listens_any_more_although_its_connections_live_on()
    {
        await using var keeper = Open();
        var owner = CreateTestProbe();
        var listening = Listen(owner);
        Kept(owner, listening.Handle);
        using var peer = await ConnectAsync(listening);
        var acquired = Take(owner);
        listening.Handle.Socket.Tell(new Close(listening.Handle), owner);
        owner.ExpectMsg<Closed>();
        await keeper.ToldAsync("over 1 key=handoff");
        var refused = await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(listening));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        await acquired.Lease.WriteAsync("still");
        Assert.Equal("still", await peer.ReceiveTextAsync(5));
    }

    [Fact]
    public async Task What_cannot_be_kept_is_refused_by_its_code_and_stays_with_its_owner()
    {
        await using var keeper = Open();
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Refuse(owner, new Keep(acquired.Handle, ""), ResultCode.EENAMETOOLONG);
        Refuse(owner, new Keep(acquired.Handle, "lo gin"), ResultCode.EEBADDATA);
        Refuse(owner, new Keep(acquired.Handle, null!), ResultCode.EEBADDATA);
        var along = new Keep(acquired.Handle, "login") { Attachment = new Version(1, 2) };
        Refuse(owner, along, ResultCode.EEMODENOTSUPP);
        Kept(owner, acquired.Handle);
        Refuse(owner, new Keep(acquired.Handle, "login"), ResultCode.EEALREADY);
        var elsewhere = CreateTestProbe();
        Handoff.Keeper.Tell(new OpenKeeper(KeeperPath + "2"), elsewhere);
        Assert.Equal(ResultCode.EEALREADY, elsewhere.ExpectMsg<Refused>().Result.Code);
        Handoff.Keeper.Tell(new OpenKeeper(""), elsewhere);
        Assert.Equal(ResultCode.EEBADADDR, elsewhere.ExpectMsg<Refused>().Result.Code);
        Handoff.Keeper.Tell(new AdoptKept("login", null!), elsewhere);
        Assert.Equal(ResultCode.EENOADDR, elsewhere.ExpectMsg<Refused>().Result.Code);
        await peer.SendAsync("hi");
        Assert.Equal("hi", await acquired.Lease.ReadTextAsync(2));
    }

    [Fact]
    public async Task An_owner_whose_keeper_ends_is_told_goes_on_and_has_it_kept_again()
    {
        var owner = CreateTestProbe();
        var keeper = Open();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Kept(owner, acquired.Handle);
        await keeper.DisposeAsync();
        var lost = owner.ExpectMsg<KeepingLost>();
        Assert.Equal((acquired.Handle, ResultCode.EENOTCONN), (lost.Handle, lost.Result.Code));
        await peer.SendAsync("hi");
        Assert.Equal("hi", await acquired.Lease.ReadTextAsync(2));
        Refuse(owner, new Keep(acquired.Handle, "login"), ResultCode.EECONNREFUSED);
        await using var next = new KeeperHere(KeeperPath);
        Kept(owner, acquired.Handle);
        await next.ToldAsync("kept 1 key=handoff");
    }

    [Fact]
    public async Task A_kept_connection_that_goes_to_another_process_is_not_kept_any_more()
    {
        await using var keeper = Open();
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Kept(owner, acquired.Handle);
        Release(owner, acquired.Handle, Peer("login", service));
        var second = Take(service);
        owner.ExpectMsg<Released>();
        await keeper.ToldAsync("over 1 key=handoff");
        await second.Lease.WriteAsync("on");
        Assert.Equal("on", await peer.ReceiveTextAsync(2));
    }

    [Fact]
    public async Task A_move_that_the_keeper_does_not_confirm_ends_before_anything_is_sent_and_its_owner_goes_on()
    {
        // Room for the socket, and not for what goes with a move.
        await using var keeper = Open(maxBytes: FrameBounds.LargestFacts + 200);
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Kept(owner, acquired.Handle);
        await peer.SendAsync($"go{new string('x', 1000)}");
        Assert.Equal("go", await acquired.Lease.ReadTextAsync(2));
        var release = Release(owner, acquired.Handle, Peer("login", service));
        var offered = service.ExpectMsg<Offered>();
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, service), service);
        Assert.Contains("bytes are kept already", Reverted(owner, release), StringComparison.Ordinal);
        service.ExpectMsg<Refused>();
        Assert.Equal(new string('x', 1000), await acquired.Lease.ReadTextAsync(1000));
    }

    private KeeperHere Open(int? maxBytes = null)
    {
        var keeper = new KeeperHere(KeeperPath, maxBytes);
        var asker = CreateTestProbe();
        var open = new OpenKeeper(KeeperPath);
        Handoff.Keeper.Tell(open, asker);
        Assert.Same(open, asker.ExpectMsg<Confirmed>().Command);
        return keeper;
    }

    private static void Kept(TestProbe owner, SocketHandle handle)
    {
        var keep = new Keep(handle, "login") { Attachment = "along" };
        handle.Socket.Tell(keep, owner);
        Assert.Same(keep, owner.ExpectMsg<Confirmed>().Command);
    }

    private static void Refuse(TestProbe owner, Keep keep, ResultCode code)
    {
        keep.Handle.Socket.Tell(keep, owner);
        var refused = owner.ExpectMsg<Refused>();
        Assert.Equal((keep, code), ((Keep)refused.Command, refused.Result.Code));
    }
}
