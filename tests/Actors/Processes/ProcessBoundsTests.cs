using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

public sealed class ProcessBoundsTests(ITestOutputHelper output) : ProcessTestKit(
    output,
    """
    handoff.processes.max-services = 2
    handoff.processes.max-targets = 2
    handoff.processes.max-moves = 1
    handoff.handles.max-sockets = 2
    """)
{
    [Fact]
    public void As_many_services_are_open_as_may_and_one_that_stops_makes_room()
    {
        var (first, second, third) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        Open("one", first);
        Open("two", second);
        Refused(new OpenService("three", third), ResultCode.EEQUOTA);
        Refused(new OpenService("one", third), ResultCode.EENAMEINUSE);
        third.Watch(first);
        Sys.Stop(first);
        third.ExpectTerminated(first);
        AwaitAssert(() => Open("three", third), Patience);
    }

    [Fact]
    public void As_many_processes_are_targets_as_may_and_one_that_stops_makes_room()
    {
        var first = PeerAt("/tmp/one.sock", "a");
        PeerAt("/tmp/two.sock", "a");
        Refused(new OpenPeer("/tmp/three.sock", "a"), ResultCode.EEQUOTA);
        var asker = CreateTestProbe();
        asker.Watch(first);
        Sys.Stop(first);
        asker.ExpectTerminated(first);
        AwaitAssert(() => PeerAt("/tmp/three.sock", "a"), Patience);
    }

    [Fact]
    public async Task One_more_than_may_be_on_its_way_to_a_target_is_declined_and_goes_later()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (one, first) = await OwnAsync(owner);
        var (two, second) = await OwnAsync(owner);
        using var peer = first;
        using var other = second;
        var target = Peer("service", service);
        var release = Release(owner, one.Handle, target);
        var offered = service.ExpectMsg<Offered>();
        Assert.Contains("handoff.processes.max-moves", Reverted(owner, Release(owner, two.Handle, target)));
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, service), service);
        service.ExpectMsg<Acquired>();
        Assert.Same(release, owner.ExpectMsg<Released>().Release);
        Release(owner, two.Handle, target);
        Take(service);
        owner.ExpectMsg<Released>();
    }

    [Fact]
    public async Task A_batch_has_as_many_sockets_as_one_offer_may()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var batch = Peer("service", service, isBatch: true);
        var listening = Listen(owner);
        var handles = new List<SocketHandle>();
        for (var i = 0; i < 3; i++)
        {
            using var peer = await ConnectAsync(listening);
            handles.Add(Take(owner).Handle);
        }

        var releases = handles.Select(handle => Release(owner, handle, batch)).ToArray();
        var failed = owner.ExpectMsg<ReleaseFailed>();
        Assert.Contains(failed.Release, releases);
        Assert.Contains("handoff.handles.max-sockets", failed.Result.Reason);
    }

    [Fact]
    public async Task A_batch_that_is_never_complete_is_over_at_its_time()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (held, peer) = await OwnAsync(owner);
        using var _ = peer;
        var batch = Peer("service", service, isBatch: true);
        Release(owner, held.Handle, batch);
        batch.Tell(new SendBatch(2), owner);
        batch.Tell(new SendBatch(1), owner);
        Assert.Equal(ResultCode.EEBUSY, Sent(owner));
        Assert.Equal(ResultCode.EETIMEDOUT, Sent(owner));
    }

    [Theory]
    [InlineData("", "a", ResultCode.EEBADADDR)]
    [InlineData("/tmp/x.sock", "", ResultCode.EENAMETOOLONG)]
    [InlineData("/tmp/x.sock", "a b", ResultCode.EEBADDATA)]
    public void A_target_that_cannot_be_is_refused_with_why(string path, string service, ResultCode code) =>
        Refused(new OpenPeer(path, service), code);

    [Fact]
    public void A_path_that_is_longer_than_an_address_is_refused() =>
        Refused(new OpenPeer("/tmp/" + new string('x', 200), "a"), ResultCode.EEBADADDR);

    private static ResultCode Sent(Akka.TestKit.TestProbe owner) =>
        ((BatchSent)owner.FishForMessage(message => message is BatchSent)).Result.Code;

    private void Open(string service, IActorRef target)
    {
        var asker = CreateTestProbe();
        Handoff.Processes.Tell(new OpenService(service, target), asker);
        asker.ExpectMsg<ServiceOpened>();
    }

    private void Refused(object command, ResultCode code)
    {
        var asker = CreateTestProbe();
        Handoff.Processes.Tell(command, asker);
        var refused = asker.ExpectMsg<Refused>();
        Assert.Equal((command, code), (refused.Command, refused.Result.Code));
    }
}
