using System.Net.Sockets;
using System.Text;
using Akka.TestKit;
using Handoff.Actors.Tests.Processes;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Passing;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Keepers;

/// <summary>What the service manager hears of sockets that are kept in its store: a socket of the test's.</summary>
[Collection(nameof(Alone))]
public sealed class StoreTests : ProcessTestKit
{
    private const string Most = "FDSTORE";
    private const string Where = "NOTIFY_SOCKET";

    private readonly Socket _manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public StoreTests(ITestOutputHelper output)
        : base(output, "handoff.keeper.kind = systemd\nhandoff.handles.send-timeout = 500ms\n")
    {
        _manager.Bind(new UnixDomainSocketEndPoint(_path));
        Environment.SetEnvironmentVariable(Where, _path);
    }

    [Fact]
    public async Task A_kept_connection_is_stored_under_a_name_of_its_own_and_removed_by_it_when_it_ends()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Kept(owner, acquired.Handle);
        var name = Stored();
        acquired.Handle.Socket.Tell(new Close(acquired.Handle), owner);
        Assert.Empty(await peer.ReceiveToEndAsync());
        peer.FinishSending();
        owner.ExpectMsg<Closed>();
        Assert.Equal(($"FDSTOREREMOVE=1\nFDNAME={name}", 0), Hear());
    }

    [Fact]
    public async Task Where_a_stored_listener_is_closed_nobody_listens_any_more()
    {
        var owner = CreateTestProbe();
        var listening = Listen(owner);
        Kept(owner, listening.Handle);
        var name = Stored();
        listening.Handle.Socket.Tell(new Close(listening.Handle), owner);
        owner.ExpectMsg<Closed>();
        Assert.Equal(($"FDSTOREREMOVE=1\nFDNAME={name}", 0), Hear());
        var refused = await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(listening));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    [Fact]
    public async Task What_goes_to_another_process_is_taken_out_of_the_store_first_and_kept_no_more_where_it_stays()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Kept(owner, acquired.Handle);
        var name = Stored();
        Release(owner, acquired.Handle, Peer("login", service));
        var second = Take(service);
        owner.ExpectMsg<Released>();
        Assert.Equal(($"FDSTOREREMOVE=1\nFDNAME={name}", 0), Hear());
        await second.Lease.WriteAsync("on");
        Assert.Equal("on", await peer.ReceiveTextAsync(2));
    }

    [Fact]
    public async Task More_than_the_manager_says_that_it_stores_is_refused_until_there_is_room()
    {
        Environment.SetEnvironmentVariable(Most, "2");
        var owner = CreateTestProbe();
        var all = new List<(Acquired Acquired, TestPeer Peer)>();
        for (var i = 0; i < 3; i++) all.Add(await OwnAsync(owner));
        for (var i = 0; i < 2; i++)
        {
            Kept(owner, all[i].Acquired.Handle);
            Stored();
        }

        Assert.Equal(ResultCode.EEQUOTA, NotKept(owner, new Keep(all[2].Acquired.Handle, "login")));
        all[0].Acquired.Handle.Socket.Tell(new Abort(all[0].Acquired.Handle), owner);
        owner.ExpectMsg<Closed>();
        Assert.StartsWith("FDSTOREREMOVE=1", Hear().Text, StringComparison.Ordinal);
        Kept(owner, all[2].Acquired.Handle);
        Stored();
        foreach (var (_, peer) in all) peer.Dispose();
    }

    [Fact]
    public async Task An_attachment_that_no_name_has_room_for_is_refused()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var keep = new Keep(acquired.Handle, "login") { Attachment = new string('x', 300) };
        Assert.Equal(ResultCode.EEMSGSIZE, NotKept(owner, keep));
        Kept(owner, acquired.Handle);
        Stored();
    }

    [Fact]
    public async Task A_manager_that_is_gone_is_told_by_code_and_the_next_one_hears_what_is_to_be_removed()
    {
        var owner = CreateTestProbe();
        var (first, peer) = await OwnAsync(owner);
        var (second, other) = await OwnAsync(owner);
        using var _ = peer;
        using var __ = other;
        Kept(owner, first.Handle);
        var name = Stored();
        _manager.Close();
        File.Delete(_path);
        Assert.Equal(ResultCode.EECONNREFUSED, NotKept(owner, new Keep(second.Handle, "login")));
        Assert.Equal(first.Handle, owner.ExpectMsg<KeepingLost>().Handle);
        using var next = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        next.Bind(new UnixDomainSocketEndPoint(_path));
        Kept(owner, first.Handle);
        Assert.Equal(($"FDSTOREREMOVE=1\nFDNAME={name}", 0), Hear(next));
        Assert.NotEqual(name, Stored(next));
    }

    [Fact]
    public void Without_a_manager_it_is_refused_and_a_keeper_can_be_opened_instead()
    {
        Environment.SetEnvironmentVariable(Where, null);
        var asker = CreateTestProbe();
        Handoff.Keeper.Tell(OpenKeeper.OfServiceManager, asker);
        Assert.Equal(ResultCode.EEMODENOTSUPP, asker.ExpectMsg<Refused>().Result.Code);
        Handoff.Keeper.Tell(new AdoptKept("login", asker), asker);
        Assert.Equal(ResultCode.EEMODENOTSUPP, asker.ExpectMsg<Refused>().Result.Code);
        Handoff.Keeper.Tell(new OpenKeeper(_path + "-none"), asker);
        Assert.Equal(ResultCode.EECONNREFUSED, asker.ExpectMsg<Refused>().Result.Code);
    }

    [Fact]
    public void A_process_that_was_passed_nothing_has_nothing_to_adopt()
    {
        var asker = CreateTestProbe();
        Handoff.Keeper.Tell(GetInherited.Instance, asker);
        Assert.Empty(asker.ExpectMsg<InheritedSockets>().Sockets);
        var adopt = new AdoptInherited(asker);
        Handoff.Keeper.Tell(adopt, asker);
        var adopted = asker.ExpectMsg<InheritedAdopted>();
        Assert.Equal((adopt, 0, 0), (adopted.Command, adopted.Acquired, adopted.Closed.Count));
        Handoff.Keeper.Tell(new AdoptInherited(asker) { Name = "web" }, asker);
        Assert.Equal(ResultCode.EENAMENOTFOUND, asker.ExpectMsg<Refused>().Result.Code);
        Handoff.Keeper.Tell(new AdoptInherited(null!), asker);
        Assert.Equal(ResultCode.EENOADDR, asker.ExpectMsg<Refused>().Result.Code);
    }

    protected override void AfterAll()
    {
        Environment.SetEnvironmentVariable(Where, null);
        Environment.SetEnvironmentVariable(Most, null);
        base.AfterAll();
        _manager.Dispose();
        File.Delete(_path);
    }

    private static void Kept(TestProbe owner, SocketHandle handle)
    {
        var keep = new Keep(handle, "login") { Attachment = "along" };
        handle.Socket.Tell(keep, owner);
        Assert.Same(keep, owner.ExpectMsg<Confirmed>().Command);
    }

    private static ResultCode NotKept(TestProbe owner, Keep keep)
    {
        keep.Handle.Socket.Tell(keep, owner);
        var refused = owner.ExpectMsg<Refused>();
        Assert.Equal(keep, refused.Command);
        return refused.Result.Code;
    }

    // The name of the one socket that came.
    private string Stored(Socket? manager = null)
    {
        var (text, count) = Hear(manager);
        Assert.StartsWith("FDSTORE=1\nFDNAME=handoff-1/login/", text, StringComparison.Ordinal);
        Assert.Equal(1, count);
        return text["FDSTORE=1\nFDNAME=".Length..];
    }

    private (string Text, int Count) Hear(Socket? manager = null)
    {
        manager ??= _manager;
        Assert.True(manager.Poll(Patience, SelectMode.SelectRead), "nothing was heard");
        var buffer = new byte[512];
        var received = ControlCalls.Receive((int)manager.Handle, buffer, room: 10);
        foreach (var number in received.Numbers) new SocketDescriptor(number).Dispose();
        return (Encoding.ASCII.GetString(buffer, 0, received.Count), received.Numbers.Count);
    }
}
