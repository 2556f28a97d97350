using System.Net.Sockets;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Moves;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Handles.Rendezvous;
using Handoff.Transport.Tests.Engine.Linux;
using Handoff.Transport.Tests.Handles.Driving;
using Handoff.Transport.Tests.Handles.Passing;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Handles.Rendezvous;

[Collection(nameof(Alone))]
public sealed class ControlListenerTests : IAsyncLifetime
{
    private static readonly RendezvousOptions Options = new() { MaxPeers = 2, FirstFrameTimeout = Loopback.Bound };
    private static readonly Frame.Claim Asking = new(7, "name", TimeSpan.FromSeconds(1));
    private readonly Folder _folder = new();
    private readonly LinuxEngine _engine = new(new LinuxEngineOptions { Loops = 1 });

    private UnixDomainSocketEndPoint Address => new(_folder["a.sock"]);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        _folder.Dispose();
    }

    [LinuxFact]
    public async Task A_process_that_connects_comes_with_the_first_that_it_says()
    {
        await using var listener = Listen(Options);
        using var dialled = await DialAsync(Asking);
        using var peer = await NextAsync(listener);
        Assert.Equal(Asking, peer.First);
        Assert.Equal(Environment.ProcessId, peer.Channel.Control.Peer!.ProcessId);
        Assert.True(peer.Channel.TrySend(new Frame.Accept(7)).IsSuccess);
        Assert.Equal(new Frame.Accept(7), (await HearAsync(dialled)).Frame);
    }

    [LinuxFact]
    public async Task A_move_goes_over_what_was_accepted()
    {
        await using var listener = Listen(Options);
        using var dialled = (await DialAsync(first: null))!;
        using var goods = new Goods(2);
        var giving = Giver.GiveAsync(dialled, 5, goods, default).AsTask();
        using var peer = await NextAsync(listener);
        var taken = await Taker.TakeAsync(peer.Channel, (Frame.Offer)peer.First, new Wants());
        Assert.Equal(MoveResult.Moved, await giving);
        Assert.Equal(2, taken.Sockets.Count);
        foreach (var socket in taken.Sockets) socket.Descriptor.Dispose();
    }

    [LinuxFact]
    public async Task One_more_than_there_is_room_for_is_told_so_and_finds_room_when_another_has_gone()
    {
        await using var listener = Listen(Options);
        using var one = await DialAsync(Asking);
        var first = await NextAsync(listener);
        using var silent = await DialAsync(first: null); // has a place, too
        using var third = await DialAsync(first: null);
        _ = third.TrySend(Asking); // it may be turned away, and closed, by now
        var declined = Assert.IsType<Frame.Decline>((await HearAsync(third)).Frame);
        Assert.Equal((0ul, ResultCode.EEQUOTA), (declined.Id, declined.Why.Code));
        Assert.True((await HearAsync(third)).IsEnd);
        first.Dispose();
        first.Dispose(); // of one place, once
        using var fourth = await DialAsync(Asking);
        using var next = await NextAsync(listener);
        using var fifth = await DialAsync(first: null);
        _ = fifth.TrySend(Asking);
        Assert.IsType<Frame.Decline>((await HearAsync(fifth)).Frame);
    }

    [LinuxFact]
    public async Task A_giver_that_finds_no_room_keeps_its_sockets_and_hears_why()
    {
        await using var listener = Listen(Options with { MaxPeers = 1 });
        using var one = await DialAsync(Asking);
        using var first = await NextAsync(listener);
        using var dialled = await DialAsync(first: null);
        using var goods = new Goods(1);
        var result = await Giver.GiveAsync(dialled, 5, goods, default);
        Assert.Equal((MoveOutcome.Declined, ResultCode.EEQUOTA), (result.Outcome, result.Why.Code));
        Assert.Empty(goods.Done);
    }

    [LinuxFact]
    public async Task One_that_says_nothing_is_closed_at_the_bound_and_its_place_is_free()
    {
        var time = new ManualTime();
        var handles = new HandleOptions { TimeProvider = time };
        await using var listener = Listen(Options with { MaxPeers = 1, Handles = handles });
        using var silent = await DialAsync(first: null);
        var heard = HearAsync(silent).AsTask();
        await TwoSides.PassAsync(time, heard);
        var declined = Assert.IsType<Frame.Decline>((await heard).Frame);
        Assert.Equal(ResultCode.EETIMEDOUT, declined.Why.Code);
        Assert.True((await HearAsync(silent)).IsEnd);
        using var next = await DialAsync(Asking);
        using var peer = await NextAsync(listener);
        Assert.Equal(Asking, peer.First);
    }

    [LinuxFact]
    public async Task What_is_no_beginning_is_answered_and_closed_with_what_came_with_it()
    {
        await using var listener = Listen(Options);
        using var confused = await DialAsync(new Frame.Adopted(9));
        var declined = Assert.IsType<Frame.Decline>((await HearAsync(confused)).Frame);
        Assert.Equal((9ul, ResultCode.EEBADDATA), (declined.Id, declined.Why.Code));
        using var garbage = await DialAsync(first: null);
        using var counter = OpenDescriptors.Event(1);
        Assert.True((await garbage.Control.SendAsync("garbage"u8.ToArray(), [counter], default)).IsSuccess);
        Assert.Equal(
            ResultCode.EEBADDATA, Assert.IsType<Frame.Decline>((await HearAsync(garbage)).Frame).Why.Code);
        Assert.True((await HearAsync(garbage)).IsEnd);
        Assert.True((await HearAsync(confused)).IsEnd);
    }

    [LinuxFact]
    public async Task One_that_may_not_is_told_so_before_it_is_listened_to()
    {
        var others = new PeerRule { Users = new HashSet<uint> { 4_000_000_000 } };
        await using var listener = Listen(Options, others);
        using var stranger = await DialAsync(first: null);
        var declined = Assert.IsType<Frame.Decline>((await HearAsync(stranger)).Frame);
        Assert.Equal(ResultCode.EESECURITY, declined.Why.Code);
        Assert.True((await HearAsync(stranger)).IsEnd);
    }

    // A name may be a secret: it is not told to whoever happens to listen.
    [LinuxFact]
    public async Task Who_dials_says_nothing_to_one_that_may_not_be_asked()
    {
        await using var listener = Listen(Options);
        var others = new PeerRule { Users = new HashSet<uint> { 4_000_000_000 } };
        var (channel, code) = await ControlDialer.ConnectAsync(_engine, Address, Options.Handles, others, default);
        Assert.Null(channel);
        Assert.Equal(ResultCode.EESECURITY, code);
    }

    [LinuxFact]
    public async Task Where_nobody_listens_who_dials_is_refused()
    {
        var (channel, code) = await ControlDialer.ConnectAsync(
            _engine, Address, Options.Handles, PeerRule.SameUser, default);
        Assert.Null(channel);
        Assert.Equal(ResultCode.EECONNREFUSED, code);
    }

    [LinuxFact]
    public async Task Of_one_that_lives_the_address_is_in_use_and_of_a_dead_one_it_is_taken()
    {
        await using (var living = Listen(Options))
        {
            var (other, result) = ControlListener.Listen(_engine, Address, Options, PeerRule.SameUser);
            Assert.Null(other);
            Assert.Equal(ResultCode.EEADDRINUSE, result.Code);
        }

        using (var dead = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified))
        {
            dead.Bind(Address);
            File.Move(_folder["a.sock"], _folder["kept"]); // .NET removes the file that it bound
        }

        File.Move(_folder["kept"], _folder["a.sock"]);
        await using var next = Listen(Options);
        using var dialled = await DialAsync(Asking);
        using var peer = await NextAsync(next);
        Assert.Equal(Asking, peer.First);
    }

    [LinuxFact]
    public async Task Closing_it_removes_its_own_file_and_no_other()
    {
        await Listen(Options).DisposeAsync();
        Assert.False(File.Exists(_folder["a.sock"]));
        var listener = Listen(Options);
        File.Delete(_folder["a.sock"]);
        File.WriteAllText(_folder["a.sock"], "another's");
        await listener.DisposeAsync();
        Assert.Equal("another's", await File.ReadAllTextAsync(_folder["a.sock"]));
    }

    [LinuxFact]
    public async Task Closing_it_closes_those_that_nobody_accepted_and_ends_the_wait_for_one()
    {
        var before = OpenDescriptors.Count;
        var listener = Listen(Options);
        var waiting = listener.AcceptAsync(default).AsTask();
        using (var silent = await DialAsync(first: null))
        {
            await listener.DisposeAsync();
            Assert.Equal(ResultCode.EEBADF, (await waiting).Code);
            while (!(await HearAsync(silent)).IsEnd)
            {
            }
        }

        await listener.DisposeAsync();
        Assert.Equal(before, OpenDescriptors.Count);
        Assert.Equal(ResultCode.EEBADF, (await listener.AcceptAsync(default)).Code);
    }

    [LinuxFact]
    public async Task An_accept_that_is_cancelled_loses_nobody()
    {
        await using var listener = Listen(Options);
        using var cancel = new CancellationTokenSource();
        var waiting = listener.AcceptAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        Assert.Equal(ResultCode.EEINTR, (await waiting).Code);
        using var dialled = await DialAsync(Asking);
        using var peer = await NextAsync(listener);
        Assert.Equal(Asking, peer.First);
    }

    private static async Task<ControlPeer> NextAsync(ControlListener listener)
    {
        var (peer, code) = await listener.AcceptAsync(default).AsTask().WaitAsync(Loopback.Bound);
        Assert.Equal(ResultCode.EESUCCESS, code);
        return peer!;
    }

    private static ValueTask<FrameArrival> HearAsync(FrameChannel channel) =>
        channel.ReceiveAsync(Loopback.Bound, default);

    private ControlListener Listen(RendezvousOptions options, PeerRule? rule = null)
    {
        var (listener, result) = ControlListener.Listen(_engine, Address, options, rule ?? PeerRule.SameUser);
        Assert.True(result.IsSuccess, result.ToString());
        return listener!;
    }

    private async Task<FrameChannel> DialAsync(Frame? first)
    {
        var (channel, code) = await ControlDialer.ConnectAsync(
            _engine, Address, new HandleOptions(), PeerRule.SameUser, default);
        Assert.Equal(ResultCode.EESUCCESS, code);
        if (first is not null) Assert.True(channel!.TrySend(first).IsSuccess);
        return channel!;
    }
}
