using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sockets.Messages;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Sctp;

public sealed class PeeloffTests(ITestOutputHelper output) : SctpTestKit(output)
{
    // T56.
    [Fact]
    public async Task What_is_peeled_off_moves_with_its_messages_and_leaves_the_others_alone()
    {
        var owner = CreateTestProbe();
        var endpoint = Serve(owner);
        var (here, peer) = await JoinAsync(endpoint, owner);
        var (other, stays) = await JoinAsync(endpoint, owner);
        await peer.SendAsync("one");
        await peer.SendAsync("two");
        await stays.SendAsync("mine");
        Assert.Equal("one", await TakeAsync(here.Messages));
        AwaitUnread(here, 1);
        var (peeled, command) = Peel(owner, here);
        Assert.NotEqual(here.Handle.Id, peeled.Handle.Id);
        Assert.Equal(here.Handle.Socket.Path, peeled.Handle.Socket.Path.Parent);
        Assert.Equal((here.Facts.Association, here.Facts.Remote), (peeled.Facts.Association, peeled.Facts.Remote));
        Assert.Equal((1L, 1L), (peeled.Consumed, peeled.Facts.UnreadMessages));
        Assert.Equal(here.Handle, command.Handle);
        Assert.Equal(ResultCode.EESECURITY, (await ReadAsync(here.Messages)).Code);
        Assert.Equal(ResultCode.EESECURITY, (await here.Messages!.SendAsync("late"u8.ToArray())).Code);
        foreach (var late in new object[]
        {
            new SendTo(here.Handle, "late"u8.ToArray(), null), new Release(here.Handle, owner), new Close(here.Handle),
            new Peeloff(here.Handle),
        })
        {
            here.Handle.Socket.Tell(late, owner);
            Assert.Equal(ResultCode.EENOTCONN, owner.ExpectMsg<Refused>().Result.Code);
        }

        await peer.SendAsync("three");
        Assert.Equal("two", await TakeAsync(peeled.Messages));
        Assert.Equal("three", await TakeAsync(peeled.Messages));
        Assert.True((await peeled.Messages!.SendAsync("back"u8.ToArray())).IsSuccess);
        Assert.Equal("back", await peer.ReadAsync());
        Assert.Equal("mine", await TakeAsync(other.Messages));
        endpoint.Handle.Socket.Tell(new Close(endpoint.Handle), owner);
        Assert.Equal(endpoint.Handle, owner.ExpectMsg<Closed>().Handle);
        await peer.SendAsync("four");
        Assert.Equal("four", await TakeAsync(peeled.Messages));
        peer.Dispose();
        stays.Dispose();
    }

    [Fact]
    public async Task It_is_refused_by_code_and_then_nothing_has_changed()
    {
        var (owner, stranger) = (CreateTestProbe(), CreateTestProbe());
        var endpoint = Serve(owner);
        var (here, peer) = await JoinAsync(endpoint, owner);
        Assert.Equal(ResultCode.EEINVAL, Refusal(owner, new Peeloff(here.Handle, (SctpPeelFlags)2)).Code);
        Assert.Equal(
            ResultCode.EEQUOTA,
            Refusal(owner, new Peeloff(here.Handle) { Target = stranger, Within = TimeSpan.FromDays(9) }).Code);
        Assert.Equal(
            ResultCode.EENOADDR, Refusal(owner, new Peeloff(here.Handle) { Target = ActorRefs.Nobody }).Code);
        await peer.SendAsync("hello");
        Assert.Equal(MessageKind.Data, (await ReadAsync(here.Messages)).Kind);
        Assert.Equal(ResultCode.EEBUSY, Refusal(owner, new Peeloff(here.Handle)).Code);
        here.Messages!.PutBack();
        var release = Release(owner, here.Handle, stranger);
        stranger.ExpectMsg<Offered>();
        Assert.Equal(ResultCode.EESOCKRLSD, Refusal(owner, new Peeloff(here.Handle)).Code);
        here.Handle.Socket.Tell(new Revoke(here.Handle, release), owner);
        owner.FishForMessage<ReleaseFailed>(_ => true);
        Assert.Equal("hello", await TakeAsync(here.Messages));
        var (peeled, _) = Peel(owner, here, SctpPeelFlags.NonBlocking | SctpPeelFlags.CloseOnExec);
        Assert.Equal(ResultCode.EEINVAL, Refusal(owner, new Peeloff(peeled.Handle)).Code);
        await peer.SendAsync("again");
        Assert.Equal("again", await TakeAsync(peeled.Messages));
        peer.Dispose();
    }

    [Fact]
    public async Task What_was_delivered_and_not_consumed_is_delivered_again_by_the_new_socket()
    {
        var owner = CreateTestProbe();
        var endpoint = Serve(owner);
        var (here, peer) = await JoinAsync(endpoint, owner, Reading.Active(2));
        foreach (var text in new[] { "one", "two", "three" }) await peer.SendAsync(text);
        var one = owner.ExpectMsg<ReceivedFrom>();
        Assert.Equal("two", Text(owner.ExpectMsg<ReceivedFrom>()));
        here.Handle.Socket.Tell(new Consumed(here.Handle, one.End), owner);
        Assert.Equal("three", Text(owner.ExpectMsg<ReceivedFrom>()));
        var command = new Peeloff(here.Handle);
        here.Handle.Socket.Tell(command, owner);

        // The new socket delivers from its first moment on, maybe before the old one says that there is a new one.
        var told = owner.ReceiveN(4).ToList();
        Assert.Same(command, Assert.Single(told.OfType<PeeledOff>()).Command);
        told.RemoveAll(message => message is PeeledOff);
        var peeled = Assert.IsType<Acquired>(told[0]).Handle;
        var again = told.Skip(1).Cast<ReceivedFrom>().Select(each => (Text(each), each.Handle));
        Assert.Equal([("two", peeled), ("three", peeled)], again);
        peer.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_handed_over_in_one_step_or_stays_with_its_owner(bool isAcquired)
    {
        var (owner, worker) = (CreateTestProbe(), CreateTestProbe());
        var endpoint = Serve(owner);
        var (here, peer) = await JoinAsync(endpoint, owner);
        await peer.SendAsync("for the worker");
        AwaitUnread(here, 1);
        here.Handle.Socket.Tell(new Peeloff(here.Handle) { Target = worker, Attachment = "state" }, owner);
        var offered = worker.ExpectMsg<Offered>();
        Assert.Equal(("state", 1L), ((string?)offered.Attachment, offered.Facts.UnreadMessages));
        offered.Offer.Socket.Tell(
            isAcquired ? new Acquire(offered.Offer, worker) : new Decline(offered.Offer, worker, "no"), worker);
        var told = new[] { owner.ExpectMsg<object>(), owner.ExpectMsg<object>(), owner.ExpectMsg<object>() };
        var mine = Assert.Single(told.OfType<Acquired>());
        Assert.Equal(mine.Handle.Id, Assert.Single(told.OfType<PeeledOff>()).Socket);
        if (isAcquired) Assert.Equal(mine.Handle, Assert.Single(told.OfType<Released>()).Release.Handle);
        else Assert.Equal(ResultCode.EESOCKNOTRLSD, Assert.Single(told.OfType<ReleaseFailed>()).Result.Code);
        var lease = isAcquired ? worker.ExpectMsg<Acquired>().Messages : mine.Messages;
        Assert.Equal("for the worker", await TakeAsync(lease));
        peer.Dispose();
    }

    [Fact]
    public async Task A_send_that_waits_for_room_is_in_its_way_and_what_was_accepted_goes_out_by_it()
    {
        var owner = CreateTestProbe();
        var endpoint = Serve(owner);
        var (here, peer) = await JoinAsync(endpoint, owner);
        var record = new byte[10_000];
        var sends = new List<Task<SocketResult>>();
        do sends.Add(here.Messages!.SendAsync(record).AsTask());
        while (sends[^1].IsCompleted);
        Assert.Equal(ResultCode.EEBUSY, Refusal(owner, new Peeloff(here.Handle)).Code);
        var reading = Task.Run(async () =>
        {
            for (var i = 0; i < sends.Count; i++) Assert.Equal((i, 10_000), (i, (await peer.NextAsync()).Bytes));
            return await peer.ReadAsync();
        });
        Assert.All(await Task.WhenAll(sends).WaitAsync(Patience), each => Assert.Equal(SocketResult.Success, each));
        var (peeled, _) = Peel(owner, here);
        Assert.True((await peeled.Messages!.SendAsync("last"u8.ToArray())).IsSuccess);
        Assert.Equal("last", await reading.WaitAsync(Patience));
        peer.Dispose();
    }

    [Fact]
    public async Task A_peeled_socket_is_one_it_is_released_given_inherited_and_closed()
    {
        var (owner, target, heir) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var endpoint = Serve(owner);
        var (here, peer) = await JoinAsync(endpoint, owner);
        Watch(here.Handle.Socket);
        var (peeled, _) = Peel(owner, here);
        Release(owner, peeled.Handle, target);
        var second = Take(target);
        Assert.Equal(2, second.Handle.Epoch);
        owner.ExpectMsg<Released>();
        second.Handle.Socket.Tell(new Give(second.Handle, "login"), target);
        target.ExpectMsg<Given>();
        Handoff.Sockets.Tell(new Get("login", owner) { Heir = heir }, owner);
        var third = owner.FishForMessage<Acquired>(_ => true);
        await peer.SendAsync("hello");
        Assert.Equal("hello", await TakeAsync(third.Messages));
        Sys.Stop(owner);
        var last = Take(heir);
        Assert.True((await last.Messages!.SendAsync("from the heir"u8.ToArray())).IsSuccess);
        Assert.Equal("from the heir", await peer.ReadAsync());
        last.Handle.Socket.Tell(new Close(last.Handle), heir);
        heir.ExpectMsg<Closed>();
        ExpectTerminated(here.Handle.Socket);
        Assert.IsType<SctpShutdownComplete>((await peer.NextAsync()).Event);
        peer.Dispose();
    }

    [Fact]
    public async Task The_heir_of_an_association_is_that_of_its_socket()
    {
        var (owner, heir) = (CreateTestProbe(), CreateTestProbe());
        var endpoint = Serve(CreateTestProbe(), owner);
        var (here, peer) = await JoinAsync(endpoint, owner);
        here.Handle.Socket.Tell(new SetHeir(here.Handle, heir), owner);
        owner.ExpectMsg<Confirmed>();
        Peel(owner, here);
        Sys.Stop(owner);
        var mine = Take(heir);
        await peer.SendAsync("hello");
        Assert.Equal("hello", await TakeAsync(mine.Messages));
        peer.Dispose();
    }

    // Whichever comes first: it ends as an association or as a socket of its own, and its owner hears of one end.
    [Fact]
    public async Task One_that_ends_while_it_is_peeled_off_ends_once()
    {
        for (var i = 0; i < 40; i++)
        {
            var owner = CreateTestProbe();
            var endpoint = Serve(owner);
            var (here, peer) = await JoinAsync(endpoint, owner, Reading.Active(4));
            await peer.SendAsync("last words");
            var ending = Task.Run(peer.Dispose);
            here.Handle.Socket.Tell(new Peeloff(here.Handle), owner);
            var closed = ReadToEnd(owner);
            await ending;
            endpoint.Handle.Socket.Tell(new Close(endpoint.Handle), owner);
            Assert.Equal(endpoint.Handle, owner.FishForMessage<Closed>(_ => true).Handle);
            Assert.NotEqual(endpoint.Handle, closed.Handle);
        }
    }

    [Fact]
    public async Task Sixty_that_are_peeled_off_in_mid_stream_lose_nothing_and_keep_their_order()
    {
        const int Associations = 60;
        const int Messages = 100;
        var seed = Random.Shared.Next();
        Output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var owner = CreateTestProbe();
        var endpoint = Serve(owner);
        var pairs = new List<(Acquired Here, Client Peer)>();
        for (var i = 0; i < Associations; i++) pairs.Add(await JoinAsync(endpoint, owner));
        var workers = pairs.Select(_ => (Asker: CreateTestProbe(), Worker: CreateTestProbe())).ToArray();
        var all = new List<Task>();
        for (var i = 0; i < Associations; i++)
        {
            var ((here, peer), number, at) = (pairs[i], i, random.Next(Messages));
            all.Add(Task.Run(async () =>
            {
                for (var m = 0; m < Messages; m++) await peer.SendAsync($"{number} {m}");
            }));
            all.Add(Task.Run(() => ReceiveAsync(here, workers[number], number, at, Messages)));
        }

        await Task.WhenAll(all).WaitAsync(Patience * 3);
        foreach (var (_, peer) in pairs) peer.Dispose();
    }

    // Reads by the association up to a message, peels it off for another, who reads the rest.
    // It holds up no thread of the pool, which all of them share.
    private static async Task ReceiveAsync(
        Acquired here, (TestProbe Asker, TestProbe Worker) by, int number, int at, int messages)
    {
        var (asker, worker) = by;
        for (var m = 0; m < at; m++) Assert.Equal($"{number} {m}", await TakeAsync(here.Messages));
        here.Handle.Socket.Tell(new Peeloff(here.Handle) { Target = worker }, asker);
        var offered = await worker.ExpectMsgAsync<Offered>();
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, worker), worker);
        var peeled = await worker.ExpectMsgAsync<Acquired>();
        for (var m = at; m < messages; m++) Assert.Equal($"{number} {m}", await TakeAsync(peeled.Messages));
    }

    private static (Acquired Peeled, Peeloff Command) Peel(
        TestProbe owner, Acquired here, SctpPeelFlags flags = SctpPeelFlags.None)
    {
        var command = new Peeloff(here.Handle, flags);
        here.Handle.Socket.Tell(command, owner);
        var told = new[] { owner.ExpectMsg<object>(), owner.ExpectMsg<object>() };
        var peeled = Assert.Single(told.OfType<Acquired>());
        Assert.Same(command, Assert.Single(told.OfType<PeeledOff>()).Command);
        return (peeled, command);
    }

    // Consumes what comes; what is refused meanwhile is none of its business.
    private static Closed ReadToEnd(TestProbe owner)
    {
        while (true)
        {
            switch (owner.ExpectMsg<object>())
            {
                case ReceivedFrom received:
                    received.Handle.Socket.Tell(new Consumed(received.Handle, received.End), owner);
                    break;
                case Closed closed:
                    return closed;
            }
        }
    }

    private static SocketResult Refusal(TestProbe owner, Peeloff command)
    {
        command.Handle.Socket.Tell(command, owner);
        return owner.ExpectMsg<Refused>().Result;
    }
}
