using System.Net;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Actors.Tests.Datagrams;
using Handoff.Actors.Tests.Policies;
using Handoff.Messages;
using Handoff.Policy;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// The status of many sockets at once.
public sealed class SurveyTests(ITestOutputHelper output) : DatagramTestKit(
    output, "handoff.status { max-page = 50, max-pending = 2 }")
{
    [Fact]
    public async Task Sockets_of_every_kind_and_state_are_told_in_the_order_of_their_numbers()
    {
        var (owner, target, acceptor) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var datagrams = Bind(owner);
        var listening = Listen(owner, acceptor);
        using var unowned = await ConnectAsync(listening);
        var waiting = acceptor.ExpectMsg<Offered>().Offer;
        using var peer = await ConnectAsync(listening);
        var held = Take(acceptor, Reading.Passive);
        await peer.SendAsync("four");
        acceptor.Send(held.Handle.Socket, new Write(held.Handle, "three"u8.ToArray()));
        acceptor.ExpectMsg<Written>();
        await peer.ReceiveAsync(5);
        AwaitCondition(() => StatusOf(owner, held.Handle.Socket).Facts.Unread == 4, Patience);
        Release(acceptor, held.Handle, target);
        target.ExpectMsg<Offered>();

        var page = Ask(new GetSockets());
        Assert.Null(page.Next);
        Assert.Empty(page.Silent);
        long[] numbers = [datagrams.Handle.Id, listening.Handle.Id, waiting.Id, held.Handle.Id];
        Assert.Equal(numbers, page.Sockets.Select(status => status.Facts.Id));
        SocketKind[] kinds =
            [SocketKind.Datagrams, SocketKind.Listener, SocketKind.Connection, SocketKind.Connection];
        Assert.Equal(kinds, page.Sockets.Select(status => status.Facts.Kind));
        Assert.Equal(["Held", "Held", "Bequeathed", "Offered"], page.Sockets.Select(status => status.State));
        IActorRef?[] owners = [owner, owner, null, acceptor];
        Assert.Equal(owners, page.Sockets.Select(status => status.Owner));
        var last = page.Sockets[^1];
        Assert.Equal((4, 4, 5), (last.Facts.Unread, last.BytesReceived, last.BytesSent));
        Assert.Equal([target.Ref], last.Targets);
        Assert.Equal(peer.Socket.LocalEndPoint, last.Facts.Remote);
        Assert.Equal(listening.EndPoint, last.Facts.Local);
    }

    [Fact]
    public void A_socket_that_lives_all_the_time_is_on_one_page_whatever_comes_and_goes_meanwhile()
    {
        var owner = CreateTestProbe();
        var sockets = Enumerable.Range(0, 40).Select(_ => Bind(owner).Handle).ToList();
        var seen = new List<long>();
        var page = Ask(new GetSockets { Most = 7 });
        while (true)
        {
            Assert.True(page.Sockets.Count <= 7);
            seen.AddRange(page.Sockets.Select(status => status.Facts.Id));
            if (page.Next is not { } next) break;
            End(sockets[0], owner);
            End(sockets[^1], owner);
            sockets.RemoveAt(sockets.Count - 1);
            sockets.RemoveAt(0);
            Bind(owner);
            page = Ask(new GetSockets { After = next, Most = 7 });
        }

        Assert.Equal(seen.Order().Distinct(), seen);
        Assert.Empty(sockets.Select(handle => handle.Id).Except(seen));
    }

    [Fact]
    public void A_socket_without_an_owner_is_told_of_and_one_that_has_stopped_is_not()
    {
        var (owner, heir) = (CreateTestProbe(), CreateTestProbe());
        Handoff.Sockets.Tell(new Bind(AnyPort, owner) { Heir = heir }, owner);
        var handle = owner.ExpectMsg<Acquired>().Handle;
        Sys.Stop(owner);
        heir.ExpectMsg<Offered>();
        Assert.Equal("Bequeathed", Assert.Single(Ask(new GetSockets()).Sockets).State);
        var next = CreateTestProbe();
        var second = Bind(next).Handle;
        End(second, next);
        Assert.Equal(handle.Id, Assert.Single(Ask(new GetSockets()).Sockets).Facts.Id);
        Time.Advance(Handoff.Settings.OfferTimeout);
        AwaitCondition(() => Ask(new GetSockets()).Sockets.Count == 0, Patience);
        Assert.Empty(Handoff.Owners.After(0, 10));
    }

    [Fact]
    public void A_socket_that_does_not_answer_in_time_is_named_and_holds_up_nobody()
    {
        using var stuck = new ManualResetEventSlim();
        var policy = new TestPolicy();
        policy.RefuseIf(question => question.Does(SocketOperations.SetHeir) && stuck.Wait(Patience));
        Handoff.UsePolicy(policy);
        var owner = CreateTestProbe();
        var (first, second) = (Bind(owner).Handle, Bind(owner).Handle);
        owner.Send(first.Socket, new SetHeir(first, Heir: null));
        AwaitCondition(() => policy.Questions.Any(question => question.Does(SocketOperations.SetHeir)), Patience);
        var askers = new[] { CreateTestProbe(), CreateTestProbe() };
        foreach (var asker in askers) Handoff.Sockets.Tell(new GetSockets(), asker);
        var late = CreateTestProbe();
        Handoff.Sockets.Tell(new GetSockets(), late);
        var full = late.ExpectMsg<Refused>().Result;
        Assert.Equal(ResultCode.EEQUOTA, full.Code);
        Assert.Contains("max-pending", full.Reason, StringComparison.Ordinal);

        AwaitCondition(
            () =>
            {
                Time.Advance(Handoff.Settings.Status.Timeout);
                return askers.All(asker => asker.HasMessages);
            },
            Patience);
        foreach (var asker in askers)
        {
            var page = asker.ExpectMsg<SocketPage>();
            Assert.Contains(first.Id, page.Silent);
            Assert.Equal([first.Id, second.Id], page.Sockets.Select(s => s.Facts.Id).Concat(page.Silent).Order());
        }

        stuck.Set();
        owner.ExpectMsg<Refused>();
        AwaitAssert(() => Assert.Equal(2, Ask(new GetSockets()).Sockets.Count), Patience);
    }

    [Fact]
    public void Policy_is_asked_once_with_the_credential_of_the_question()
    {
        var policy = new TestPolicy();
        Handoff.UsePolicy(policy);
        var asker = CreateTestProbe();
        Handoff.Sockets.Tell(new GetSockets { Credential = "operator" }, asker);
        asker.ExpectMsg<SocketPage>();
        var question = Assert.Single(policy.Questions);
        Assert.Equal(
            (SocketOperations.Survey, (object)"operator", asker.Ref),
            (question.Operations, question.Credential!, question.Caller!));
        policy.Refuse(SocketOperations.Survey);
        Handoff.Sockets.Tell(new GetSockets(), asker);
        Assert.Equal(ResultCode.EESECURITY, asker.ExpectMsg<Refused>().Result.Code);
    }

    [Theory]
    [InlineData(-1, 1, ResultCode.EEBADDATA)]
    [InlineData(0, 0, ResultCode.EEBADDATA)]
    [InlineData(0, 51, ResultCode.EEQUOTA)]
    public void A_question_that_cannot_be_is_refused_by_code(long after, int most, ResultCode code)
    {
        var asker = CreateTestProbe();
        var query = new GetSockets { After = after, Most = most };
        for (var i = 0; i < 3; i++)
        {
            Handoff.Sockets.Tell(query, asker);
            var refused = asker.ExpectMsg<Refused>();
            Assert.Equal((query, code), (refused.Command, refused.Result.Code));
        }
    }

    [Fact]
    public async Task Code_outside_actors_asks_too()
    {
        await using var socket = await Handoff.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var page = await Handoff.StatusAsync(most: 5, credential: "me");
        Assert.Equal(socket.Facts.Local, Assert.Single(page.Sockets).Facts.Local);
        Assert.Empty((await Handoff.StatusAsync(after: socket.Handle.Id)).Sockets);
        var refused = await Assert.ThrowsAsync<SocketFailedException>(() => Handoff.StatusAsync(most: 0));
        Assert.Equal(ResultCode.EEBADDATA, refused.Code);
    }

    private SocketPage Ask(GetSockets query)
    {
        var asker = CreateTestProbe();
        Handoff.Sockets.Tell(query, asker);
        var page = asker.ExpectMsg<SocketPage>();
        Assert.Same(query, page.Query);
        return page;
    }

    private void End(SocketHandle handle, TestProbe owner)
    {
        Watch(handle.Socket);
        owner.Send(handle.Socket, new Close(handle));
        owner.ExpectMsg<Closed>();
        ExpectTerminated(handle.Socket);
    }
}
