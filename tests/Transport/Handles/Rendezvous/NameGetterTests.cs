using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Handles.Rendezvous;
using Handoff.Transport.Tests.Engine.Linux;
using Handoff.Transport.Tests.Handles.Driving;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Handles.Rendezvous;

public sealed class NameGetterTests : IAsyncLifetime
{
    private static readonly SocketResult Unknown = SocketResult.Of(ResultCode.EENAMENOTFOUND);
    private readonly Folder _folder = new();
    private readonly Station _giver;

    public NameGetterTests() => _giver = new Station(_folder["run"]);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _giver.DisposeAsync();
        _folder.Dispose();
    }

    [LinuxFact]
    public async Task What_is_given_under_a_name_goes_to_who_gets_it()
    {
        await using var getter = new Station(_folder["run"]);
        var listener = _giver.Listen("giver");
        using var held = await _giver.GivenAsync("login");
        using var goods = new Goods(2);
        var giving = GiveNextAsync(listener, goods);
        using var claimed = Got(await getter.Getter.GetAsync("Login", null, default));
        Assert.Equal("goods", claimed.Offer.Label);
        var taken = await Taker.TakeAsync(claimed.Channel, claimed.Offer, new Wants());
        Assert.Equal(2, taken.Sockets.Count);
        foreach (var socket in taken.Sockets) socket.Descriptor.Dispose();
        Assert.Equal((MoveResult.Moved, "Login"), await giving);
    }

    [LinuxFact]
    public async Task Where_nobody_gives_it_the_name_is_not_found()
    {
        Assert.Equal(ResultCode.EENAMENOTFOUND, await CodeAsync(_giver, "login"));
        _giver.LeaveDead("login");
        Assert.Equal(ResultCode.EENAMENOTFOUND, await CodeAsync(_giver, "login"));
        Assert.True(File.Exists(_giver.FileOf("login"))); // who gets removes nothing
    }

    [LinuxFact]
    public async Task A_giver_that_lives_and_does_not_listen_is_named()
    {
        using var held = await _giver.GivenAsync("login");
        var (_, result) = await _giver.Getter.GetAsync("login", null, default);
        Assert.Equal(ResultCode.EECONNREFUSED, result.Code);
        Assert.Contains($"process {Environment.ProcessId}", result.Reason, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Who_knows_its_own_names_is_not_led_to_itself()
    {
        await using var getter = new Station(_folder["run"], own: "giver");
        using var held = await _giver.GivenAsync("login");
        Assert.Equal(ResultCode.EENAMENOTFOUND, await CodeAsync(getter, "login"));
    }

    // As the next process does that listens where the dead one did.
    [LinuxFact]
    public async Task Who_knows_nothing_of_the_name_says_so()
    {
        _giver.LeaveDead("login");
        var answering = DeclineNextAsync(_giver.Listen("giver"), Unknown);
        Assert.Equal(ResultCode.EENAMENOTFOUND, await CodeAsync(_giver, "login"));
        Assert.Equal("login", await answering);
    }

    [LinuxFact]
    public async Task A_giver_without_room_is_a_reason()
    {
        await using var small = new Station(_folder["run"], new RendezvousOptions { MaxPeers = 1 });
        small.Listen("small");
        using var held = await small.GivenAsync("login", "small");
        await using var engine = new Handoff.Transport.Engine.Linux.LinuxEngine(new() { Loops = 1 });
        using var silent = (await ControlDialer.ConnectAsync(
            engine, small.Address("small"), new HandleOptions(), PeerRule.SameUser, default)).Socket;
        Assert.Equal(ResultCode.EEQUOTA, await CodeAsync(_giver, "login"));
    }

    [LinuxFact]
    public async Task A_giver_that_may_not_be_asked_is_not_told_the_name()
    {
        var rule = new PeerRule { Users = new HashSet<uint> { 4_000_000_000 } };
        await using var getter = new Station(_folder["run"], rule: rule);
        _giver.Listen("giver");
        using var held = await _giver.GivenAsync("login");
        Assert.Equal(ResultCode.EESECURITY, await CodeAsync(getter, "login"));
    }

    [LinuxFact]
    public async Task A_giver_that_does_not_answer_is_waited_for_until_the_bound()
    {
        var time = new ManualTime();
        await using var getter = Timed(time);
        var listener = _giver.Listen("giver");
        using var held = await _giver.GivenAsync("login");
        var getting = getter.Getter.GetAsync("login", null, default).AsTask();
        using var peer = await NextAsync(listener);
        using var goods = new Goods(1);
        var other = new Frame.Offer(9, HandleCapabilities.Streams, TimeSpan.Zero, "other", goods.Facts);
        Assert.True(peer.Channel.TrySend(other).IsSuccess); // answers nothing
        await TwoSides.PassAsync(time, getting);
        Assert.Equal(ResultCode.EETIMEDOUT, (await getting).Result.Code);
    }

    // No clock moves: it is the system that tells.
    [LinuxFact]
    public async Task Who_waits_gets_it_when_it_is_given()
    {
        await using var getter = Timed(new ManualTime());
        var getting = getter.Getter.GetAsync("login", TimeSpan.FromHours(1), default).AsTask();
        using var mail = await _giver.GivenAsync("mail");
        var listener = _giver.Listen("giver");
        var answering = OfferNextAsync(listener);
        using var held = await _giver.GivenAsync("login");
        using var claimed = Got(await getting.WaitAsync(Loopback.Bound));
        using var peer = await answering;
    }

    // A giver that was busy changes no file when it is not any more.
    [LinuxFact]
    public async Task Who_waits_looks_again_after_a_while_although_nothing_was_told()
    {
        var often = new RendezvousOptions { RecheckInterval = TimeSpan.FromMilliseconds(10) };
        await using var getter = new Station(_folder["run"], often);
        var listener = _giver.Listen("giver");
        using var held = await _giver.GivenAsync("login");
        var getting = getter.Getter.GetAsync("login", TimeSpan.FromHours(1), default).AsTask();
        await DeclineNextAsync(listener, SocketResult.Of(ResultCode.EEBUSY));
        using var peer = await OfferNextAsync(listener);
        using var claimed = Got(await getting.WaitAsync(Loopback.Bound));
    }

    [LinuxFact]
    public async Task Who_waits_in_vain_hears_so_at_its_deadline()
    {
        var time = new ManualTime();
        await using var getter = Timed(time);
        var getting = getter.Getter.GetAsync("login", TimeSpan.FromMinutes(1), default).AsTask();
        await TwoSides.PassAsync(time, getting);
        Assert.Equal(ResultCode.EETIMEDOUT, (await getting).Result.Code);
    }

    [LinuxFact]
    public async Task What_will_not_pass_is_not_waited_for()
    {
        await using var getter = Timed(new ManualTime());
        var listener = _giver.Listen("giver");
        using var held = await _giver.GivenAsync("login");
        var getting = getter.Getter.GetAsync("login", TimeSpan.FromHours(1), default).AsTask();
        await DeclineNextAsync(listener, SocketResult.Of(ResultCode.EESECURITY));
        Assert.Equal(ResultCode.EESECURITY, (await getting.WaitAsync(Loopback.Bound)).Result.Code);
    }

    [LinuxFact]
    public async Task As_many_may_wait_as_the_bound_says_and_one_more_when_another_gave_up()
    {
        await using var getter = new Station(_folder["run"], new RendezvousOptions { MaxWaiting = 2 });
        using var cancel = new CancellationTokenSource();
        var first = getter.Getter.GetAsync("a", TimeSpan.FromHours(1), cancel.Token).AsTask();
        using var never = new CancellationTokenSource();
        var second = getter.Getter.GetAsync("a", TimeSpan.FromHours(1), never.Token).AsTask();
        Assert.Equal(ResultCode.EEQUOTA, await CodeAsync(getter, "a"));
        Assert.Equal(ResultCode.EEQUOTA, await CodeAsync(getter, "a")); // a refusal takes no place
        await cancel.CancelAsync();
        Assert.Equal(ResultCode.EEINTR, (await first.WaitAsync(Loopback.Bound)).Result.Code);
        Assert.Equal(ResultCode.EENAMENOTFOUND, await CodeAsync(getter, "a"));
        await never.CancelAsync();
        Assert.Equal(ResultCode.EEINTR, (await second.WaitAsync(Loopback.Bound)).Result.Code);
    }

    private static async Task<ResultCode> CodeAsync(Station getter, string name)
    {
        var (claimed, result) = await getter.Getter.GetAsync(name, null, default).AsTask().WaitAsync(Loopback.Bound);
        Assert.Null(claimed);
        return result.Code;
    }

    private static Claimed Got((Claimed? Claimed, SocketResult Result) got)
    {
        Assert.True(got.Result.IsSuccess, got.Result.ToString());
        return got.Claimed!;
    }

    private static async Task<ControlPeer> NextAsync(ControlListener listener)
    {
        var (peer, code) = await listener.AcceptAsync(default).AsTask().WaitAsync(Loopback.Bound);
        Assert.Equal(ResultCode.EESUCCESS, code);
        return peer!;
    }

    private static async Task<string> DeclineNextAsync(ControlListener listener, SocketResult why)
    {
        using var peer = await NextAsync(listener);
        Assert.True(peer.Channel.TrySend(new Frame.Decline(peer.First.Id, why)).IsSuccess);
        return ((Frame.Claim)peer.First).Name;
    }

    private static async Task<ControlPeer> OfferNextAsync(ControlListener listener)
    {
        var peer = await NextAsync(listener);
        using var goods = new Goods(1);
        var offer = new Frame.Offer(peer.First.Id, goods.Needs, TimeSpan.FromSeconds(1), "", goods.Facts);
        Assert.True(peer.Channel.TrySend(offer).IsSuccess);
        return peer;
    }

    private static async Task<(MoveResult Result, string Name)> GiveNextAsync(ControlListener listener, Goods goods)
    {
        using var peer = await NextAsync(listener);
        var claim = (Frame.Claim)peer.First;
        return (await Giver.GiveAsync(peer.Channel, claim.Id, goods, default), claim.Name);
    }

    // Its clock is the test's, and nothing but the system tells it of a change before that moves.
    private Station Timed(ManualTime time) => new(_folder["run"], new RendezvousOptions
    {
        Handles = new HandleOptions { TimeProvider = time },
        RecheckInterval = TimeSpan.FromMinutes(10),
    });
}
