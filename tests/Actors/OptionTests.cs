using System.Net;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class OptionTests : SocketTestKit
{
    public OptionTests(ITestOutputHelper output)
        : base(output)
    {
    }

    public static TheoryData<string> Readings => ["lease", "messages"];

    [Theory]
    [MemberData(nameof(Readings))]
    public async Task An_owner_sets_and_reads_options_however_it_reads(string reading)
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner, reading == "lease" ? Reading.Lease : Reading.Passive);
        using var _ = peer;
        var handle = acquired.Handle;
        var set = new SetOption(handle, SocketOption.KeepAlive(true));
        handle.Socket.Tell(set, owner);
        Assert.Same(set, owner.ExpectMsg<Confirmed>().Command);
        var get = new GetOption(handle, SocketOptionKind.KeepAlive);
        handle.Socket.Tell(get, owner);
        Assert.Equal(new OptionValue(get, SocketOption.KeepAlive(true)), owner.ExpectMsg<OptionValue>());
    }

    [Fact]
    public async Task Who_is_not_the_owner_changes_and_reads_no_option()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        foreach (var command in Commands(acquired.Handle))
        {
            acquired.Handle.Socket.Tell(command, owner);
            Assert.Equal(ResultCode.EESOCKRLSD, owner.ExpectMsg<Refused>().Result.Code);
        }

        offered.Offer.Socket.Tell(new Acquire(offered.Offer, target), target);
        var next = target.ExpectMsg<Acquired>();
        owner.ExpectMsg<Released>();
        foreach (var command in Commands(acquired.Handle))
        {
            acquired.Handle.Socket.Tell(command, owner);
            Assert.Equal(ResultCode.EESECURITY, owner.ExpectMsg<Refused>().Result.Code);
        }

        next.Handle.Socket.Tell(new GetOption(next.Handle, SocketOptionKind.KeepAlive), target);
        Assert.False(target.ExpectMsg<OptionValue>().Option.IsOn);
    }

    [Fact]
    public async Task What_the_system_does_not_have_or_refuses_is_told_with_a_reason()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var handle = acquired.Handle;
        handle.Socket.Tell(new GetOption(handle, SocketOptionKind.IPv6Only), owner);
        Assert.Equal(ResultCode.EEMODENOTSUPP, owner.ExpectMsg<Refused>().Result.Code);
        handle.Socket.Tell(new SetOption(handle, SocketOption.KeepAliveIdle(TimeSpan.FromDays(2))), owner);
        Assert.Equal(ResultCode.EESETSOCKOPT, owner.ExpectMsg<Refused>().Result.Code);
        handle.Socket.Tell(new SetOption(handle, null!), owner);
        Assert.Equal(ResultCode.EEBADDATA, owner.ExpectMsg<Refused>().Result.Code);
        handle.Socket.Tell(new SetOption(null!, SocketOption.KeepAlive(true)), owner);
        Assert.Equal(ResultCode.EESECURITY, owner.ExpectMsg<Refused>().Result.Code);
    }

    [Fact]
    public async Task An_option_by_its_numbers_goes_through_and_is_bounded()
    {
        if (!OperatingSystem.IsLinux()) return;
        const int SocketLevel = 1, Priority = 12;
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var handle = acquired.Handle;
        handle.Socket.Tell(new SetRawOption(handle, SocketLevel, Priority, BitConverter.GetBytes(4)), owner);
        owner.ExpectMsg<Confirmed>();
        handle.Socket.Tell(new GetRawOption(handle, SocketLevel, Priority, sizeof(int)), owner);
        Assert.Equal(BitConverter.GetBytes(4), owner.ExpectMsg<RawOptionValue>().Value.ToArray());
        handle.Socket.Tell(new GetRawOption(handle, SocketLevel, Priority, 257), owner);
        Assert.Equal(ResultCode.EEMSGSIZE, owner.ExpectMsg<Refused>().Result.Code);
    }

    [Fact]
    public async Task A_listener_has_options_and_gives_them_to_its_connections()
    {
        var (owner, acceptor) = (CreateTestProbe(), CreateTestProbe());
        var listening = Listen(owner, acceptor);
        var handle = listening.Handle;
        handle.Socket.Tell(new SetOption(handle, SocketOption.KeepAliveIdle(TimeSpan.FromSeconds(77))), owner);
        owner.ExpectMsg<Confirmed>();
        using var peer = await ConnectAsync(listening);
        var acquired = Take(acceptor);
        acquired.Handle.Socket.Tell(new GetOption(acquired.Handle, SocketOptionKind.KeepAliveIdle), acceptor);
        Assert.Equal(TimeSpan.FromSeconds(77), acceptor.ExpectMsg<OptionValue>().Option.Time);
        handle.Socket.Tell(new SetOption(null!, SocketOption.KeepAlive(true)), owner);
        Assert.Equal(ResultCode.EESECURITY, owner.ExpectMsg<Refused>().Result.Code);
    }

    [Fact]
    public async Task Code_outside_actors_sets_and_reads_options_and_connects_from_where_it_wants()
    {
        var place = new IPEndPoint(IPAddress.Loopback, 0);
        await using var server = await Handoff.OpenTargetAsync();
        await using var listener = await Handoff.ListenAsync(place, server.Ref);
        await using var client = await Handoff.ConnectAsync(listener.EndPoint, local: place);
        Assert.Equal(IPAddress.Loopback, Assert.IsType<IPEndPoint>(client.Facts.Local).Address);
        Assert.True((await client.SetOptionAsync(SocketOption.NoDelay(false))).IsSuccess);
        Assert.False((await client.GetOptionAsync(SocketOptionKind.NoDelay)).Option!.IsOn);
        Assert.Equal(
            ResultCode.EEMODENOTSUPP, (await client.GetOptionAsync(SocketOptionKind.IPv6Only)).Result.Code);

        var taken = await Assert.ThrowsAsync<SocketFailedException>(
            () => Handoff.ConnectAsync(listener.EndPoint, local: listener.EndPoint));
        Assert.Equal(ResultCode.EEADDRINUSE, taken.Code);
    }

    private static object[] Commands(SocketHandle handle) =>
    [
        new SetOption(handle, SocketOption.KeepAlive(true)),
        new GetOption(handle, SocketOptionKind.KeepAlive),
        new SetRawOption(handle, 1, 9, new byte[] { 1, 0, 0, 0 }),
        new GetRawOption(handle, 1, 9, 4),
    ];
}
