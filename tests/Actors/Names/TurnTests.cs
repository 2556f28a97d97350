using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Names;

// Whose turn it is, where the test plays the sockets and so decides what comes before what.
public sealed class TurnTests : NameTestKit
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly NameTable _names = new(max: 4);
    private readonly TestProbe _socket;
    private readonly TestProbe _taker;
    private readonly IActorRef _desk;
    private Take? _take;

    public TurnTests(ITestOutputHelper output)
        : base(output)
    {
        (_socket, _taker) = (CreateTestProbe(), CreateTestProbe());
        _desk = Sys.ActorOf(NamesActor.Props(_names, maxWaiting: 4));
    }

    [Fact]
    public void Who_waits_is_not_passed_by_a_get_that_finds_the_name_first()
    {
        var (first, second) = (Get("x", Minute), Get("X", Minute));
        Tell(first);
        Settled();
        Assert.True(Show(offer: 1));
        Tell(second);
        Takes(first, offer: 1);
        _names.Free("x");
        _desk.Tell(new Confirmed(_take!), _socket);
        Settled();
        Assert.True(Show(offer: 3));
        _desk.Tell(new NamesActor.Shown("x"));
        Takes(second, offer: 3);
    }

    [Fact]
    public void Who_loses_its_take_is_still_before_those_that_came_later()
    {
        var (first, second) = (Get("x", Minute), Get("x", Minute));
        Show(offer: 1);
        Tell(first);
        Takes(first, offer: 1);
        Tell(second);
        Settled();
        _names.Free("x");
        Show(offer: 3);
        Lost();
        Takes(first, offer: 3);
    }

    [Fact]
    public void A_get_that_does_not_wait_is_answered_after_the_one_whose_take_is_under_way()
    {
        var (first, second) = (Get("x", Minute), Get("x"));
        Show(offer: 1);
        Tell(first);
        Takes(first, offer: 1);
        Tell(second);
        Settled();
        _names.Free("x");
        Lost();
        Refuses(_taker, second, ResultCode.EENAMENOTFOUND);
        Assert.True(Show(offer: 3));
        _desk.Tell(new NamesActor.Shown("x"));
        Takes(first, offer: 3);
    }

    [Theory]
    [InlineData(ResultCode.EEABORTED)]
    [InlineData(ResultCode.EETIMEDOUT)]
    public void A_get_that_is_over_while_its_take_is_under_way_takes_nothing_else(ResultCode over)
    {
        var owner = CreateTestProbe();
        var (get, mark) = (new Get("x", owner) { Within = Minute }, new Get("y", owner) { Within = Minute });
        Show(offer: 1);
        Tell(get);
        Takes(get, offer: 1);
        Tell(mark);
        Settled();
        if (over is ResultCode.EETIMEDOUT) Time.Advance(Minute);
        else Sys.Stop(owner);
        Refuses(_taker, mark, over);
        _names.Free("x");
        Show(offer: 3);
        Lost();
        Refuses(_taker, get, over);
        Settled();
        _socket.ExpectNoMsg(TimeSpan.Zero);
    }

    private Get Get(string name, TimeSpan? within = null) => new(name, _taker) { Within = within };

    private void Tell(Get get) => _desk.Tell(get, _taker);

    // Whether somebody waits for it. The desk is not told.
    private bool Show(long offer)
    {
        Assert.Null(_names.Reserve("x"));
        var facts = new SocketFacts(7, SocketKind.Connection, "tcp", null, null, 0, 0);
        var handle = new OfferHandle(_socket, 7, offer, default);
        return _names.Show("x", new NameTable.Entry(handle, new GivenSocket("x", _socket, facts)));
    }

    private void Takes(Get get, long offer)
    {
        _take = _socket.ExpectMsg<Take>();
        Assert.Same(get, _take.Get);
        Assert.Equal(offer, _take.Offer.Number);
        _socket.ExpectNoMsg(TimeSpan.Zero);
    }

    private void Lost() => _desk.Tell(
        new Refused(_take!, new SocketResult(ResultCode.EESOCKNOTRLSD, "another was first")), _socket);

    // What the desk was told before has come to it.
    private void Settled()
    {
        var asker = CreateTestProbe();
        _desk.Tell(GetNames.Instance, asker);
        asker.ExpectMsg<GivenSockets>();
    }
}
