using Akka.Actor;
using Akka.TestKit;
using Handoff.Actors.Tests.Policies;
using Handoff.Messages;
using Handoff.Policy;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// All sockets of an owner, by one command.
public sealed class ReleaseAllTests(ITestOutputHelper output) : SocketTestKit(
    output, "handoff.release-all { in-flight = 3, progress-every = 4 }")
{
    [Fact]
    public async Task All_sockets_of_an_owner_move_a_few_at_a_time_and_it_is_told_how_far_it_is()
    {
        var (owner, asker, target) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var handles = await OwnAsync(owner, 10);
        var all = new ReleaseAll(handles, target) { Attachment = "moving" };
        Handoff.Sockets.Tell(all, asker);
        var waiting = new Queue<Offered>();
        for (var i = 0; i < 3; i++) waiting.Enqueue(target.ExpectMsg<Offered>());
        target.ExpectNoMsg(TimeSpan.Zero);
        for (var done = 1; done <= 10; done++)
        {
            var offered = waiting.Dequeue();
            Assert.Equal("moving", offered.Attachment);
            target.Send(offered.Offer.Socket, new Acquire(offered.Offer, target));

            // Two sockets tell it: the next one is on offer as soon as this one is released.
            var both = target.ReceiveN(done <= 7 ? 2 : 1);
            Assert.Equal(offered.Offer.Id, Assert.Single(both.OfType<Acquired>()).Handle.Id);
            if (done <= 7) waiting.Enqueue(Assert.Single(both.OfType<Offered>()));
            if (done is 4 or 8)
                Assert.Equal(new ReleaseProgress(all, done, 0, 10 - done), asker.ExpectMsg<ReleaseProgress>());
        }

        var end = asker.ExpectMsg<AllReleased>();
        Assert.Equal((all, 10), (end.Command, end.Released));
        Assert.Empty(end.Failed);
        var told = Enumerable.Range(0, 10).Select(_ => owner.ExpectMsg<Released>().Release.Handle);
        Assert.Equal(handles, told.OrderBy(handle => handle.Id));
        Assert.Equal(10, Handoff.Owners.Of(target).Count);
        Assert.Empty(Handoff.Owners.Of(owner));
    }

    [Fact]
    public async Task What_could_not_be_released_is_reported_by_socket_and_code()
    {
        var (owner, asker, target, other) =
            (CreateTestProbe(), CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var handles = await OwnAsync(owner, 6);

        // The first has moved on, the second is closed and gone, the third is on offer already.
        Release(owner, handles[0], other);
        Take(other);
        owner.ExpectMsg<Released>();
        Watch(handles[1].Socket);
        owner.Send(handles[1].Socket, new Abort(handles[1]));
        owner.ExpectMsg<Closed>();
        ExpectTerminated(handles[1].Socket);
        Release(owner, handles[2], other);
        other.ExpectMsg<Offered>();

        // The fourth is declined, the fifth acquired, the sixth is let pass.
        Handoff.Sockets.Tell(new ReleaseAll(handles, target), asker);
        var offers = Enumerable.Range(0, 3).Select(_ => target.ExpectMsg<Offered>()).ToDictionary(
            offered => offered.Offer.Id, offered => offered.Offer);
        target.Send(handles[3].Socket, new Decline(offers[handles[3].Id], target, "full up"));
        target.Send(handles[4].Socket, new Acquire(offers[handles[4].Id], target));
        Time.Advance(Handoff.Settings.OfferTimeout);
        var end = asker.FishForMessage<AllReleased>(_ => true);
        Assert.Equal(1, end.Released);
        Assert.Equal(
            [
                (handles[0], OfferOutcome.None, ResultCode.EESECURITY),
                (handles[1], OfferOutcome.None, ResultCode.EEBADF),
                (handles[2], OfferOutcome.None, ResultCode.EESOCKRLSD),
                (handles[3], OfferOutcome.Declined, ResultCode.EESOCKNOTRLSD),
                (handles[5], OfferOutcome.TimedOut, ResultCode.EESOCKNOTRLSD),
            ],
            end.Failed.OrderBy(failed => failed.Handle.Id)
                .Select(failed => (failed.Handle, failed.Outcome, failed.Result.Code)));
        Assert.Contains(end.Failed, failed => failed.Result.Reason.Contains("full up", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_router_spreads_the_sockets_over_its_routees()
    {
        var (owner, asker) = (CreateTestProbe(), CreateTestProbe());
        TestProbe[] workers = [CreateTestProbe(), CreateTestProbe()];
        var router = Sys.ActorOf(Props.Create(() => new RoundRobin(workers.Select(worker => worker.Ref).ToArray())));
        var handles = await OwnAsync(owner, 4);
        Handoff.Sockets.Tell(new ReleaseAll(handles, OfferMode.AnyHolder, router), asker);
        for (var i = 0; i < 4; i++)
        {
            var worker = workers[i % 2];
            var offered = worker.FishForMessage<Offered>(_ => true);
            worker.Send(offered.Offer.Socket, new Acquire(offered.Offer, worker));
        }

        Assert.Equal(4, asker.FishForMessage<AllReleased>(_ => true).Released);
        Assert.All(workers, worker => Assert.Equal(2, Handoff.Owners.Of(worker).Count));
    }

    [Fact]
    public async Task Whoever_asked_is_answered_once_also_when_the_sockets_are_stopped_meanwhile()
    {
        var (owner, asker, target) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var handles = await OwnAsync(owner, 5);
        Handoff.Sockets.Tell(new ReleaseAll(handles, target), asker);
        target.ExpectMsg<Offered>();
        Watch(Handoff.Sockets);
        Sys.Stop(Handoff.Sockets);
        ExpectTerminated(Handoff.Sockets);
        var end = asker.FishForMessage<AllReleased>(_ => true);
        Assert.Equal((0, 5), (end.Released, end.Failed.Count));
        asker.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Nothing_to_release_is_answered_at_once()
    {
        var asker = CreateTestProbe();
        Handoff.Sockets.Tell(new ReleaseAll([], asker), asker);
        var end = asker.ExpectMsg<AllReleased>();
        Assert.Equal(0, end.Released);
        Assert.Empty(end.Failed);
    }

    [Fact]
    public async Task A_handle_that_is_named_twice_is_released_once()
    {
        var policy = new TestPolicy();
        Handoff.UsePolicy(policy);
        var (owner, asker, target) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var handles = await OwnAsync(owner, 1);
        Handoff.Sockets.Tell(new ReleaseAll([handles[0], handles[0]], target), asker);

        // Both have come to the socket before it is acquired.
        AwaitCondition(
            () => policy.Questions.Count(question => question.Does(SocketOperations.Release)) == 2, Patience);
        Take(target);
        var end = asker.ExpectMsg<AllReleased>();
        Assert.Equal(1, end.Released);
        Assert.Equal(ResultCode.EESOCKRLSD, Assert.Single(end.Failed).Result.Code);
    }

    private async Task<SocketHandle[]> OwnAsync(TestProbe owner, int sockets)
    {
        var handles = new SocketHandle[sockets];
        for (var i = 0; i < sockets; i++)
        {
            var (acquired, peer) = await OwnAsync(owner);
            handles[i] = acquired.Handle;
            Sys.RegisterOnTermination(peer.Dispose);
        }

        return handles;
    }
}
