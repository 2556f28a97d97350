using System.Net;
using System.Security.Cryptography;
using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Actors.Tests.Sctp;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sockets.Messages;
using Xunit.Abstractions;
using Client = Handoff.Actors.Tests.Sctp.SctpTestKit.Client;

namespace Handoff.Actors.Tests.Processes;

// Associations of one-to-many sockets, by their owners.
[Collection(nameof(Alone))]
public sealed class AssociationsToProcessOverKernelTests(ITestOutputHelper output)
    : MessageProcessKit(output, "handoff.sctp.backend = kernel\n")
{
    [KernelSctpFact]
    public async Task One_goes_with_what_was_not_read_and_all_that_is_known_of_it()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var endpoint = Serve(owner);
        var (first, peer) = await JoinAsync(endpoint, owner);
        using var _ = peer;
        for (var i = 0; i < 3; i++) await peer.SendAsync($"before {i}", On(stream: 2, protocol: 7));
        AwaitUnread(first, 3);
        Assert.Equal("before 0", (await TakeAsync(first.Messages)).Text);
        Release(owner, first.Handle, Peer("login", service));
        var offered = service.ExpectMsg<Offered>();
        Assert.Equal((SocketKind.Records, "sctp"), (offered.Facts.Kind, offered.Facts.Transport));
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, service), service);
        var second = service.ExpectMsg<Acquired>();
        owner.ExpectMsg<Released>();
        Assert.Equal((1L, first.Facts.Association), (second.Consumed, second.Facts.Association));
        await peer.SendAsync("after", On(stream: 2, protocol: 7));
        foreach (var expected in new[] { "before 1", "before 2", "after" })
        {
            var message = await second.Messages!.ReadAsync();
            var info = message.Facts.Info;
            Assert.Equal((2, 7u), (info.Stream, info.PayloadProtocol));
            Assert.Equal(expected, Encoding.ASCII.GetString(message.Bytes.Span));
            second.Messages.Consume();
        }

        Assert.True((await second.Messages!.SendAsync("back"u8.ToArray(), On(stream: 3, protocol: 9))).IsSuccess);
        var answer = await peer.NextAsync();
        Assert.Equal((3, 9u), (answer.Info.Stream, answer.Info.PayloadProtocol));
        second.Handle.Socket.Tell(new Close(second.Handle), service);
        Assert.True(service.ExpectMsg<Closed>().Result.IsSuccess);
        Assert.IsType<SctpShutdownComplete>((await peer.NextAsync()).Event);
    }

    // It shares its socket no longer, and the others of its endpoint go on as they were.
    [KernelSctpFact]
    public async Task One_of_many_is_peeled_off_to_go_and_the_others_stay()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var endpoint = Serve(owner);
        var (stays, neighbour) = await JoinAsync(endpoint, owner);
        var (goes, peer) = await JoinAsync(endpoint, owner);
        using var _ = neighbour;
        using var __ = peer;
        Release(owner, goes.Handle, Peer("login", service));
        var gone = Take(service);
        owner.ExpectMsg<Released>();
        await neighbour.SendAsync("here");
        await peer.SendAsync("there");
        Assert.Equal("here", (await TakeAsync(stays.Messages)).Text);
        Assert.Equal("there", (await TakeAsync(gone.Messages)).Text);
        await SendAsync(stays.Messages, "from here");
        await SendAsync(gone.Messages, "from there");
        Assert.Equal("from here", await neighbour.ReadAsync());
        Assert.Equal("from there", await peer.ReadAsync());
        var (again, third) = await JoinAsync(endpoint, owner);
        third.Dispose();
        Assert.Equal(MessageKind.End, (await again.Messages!.ReadAsync()).Kind);
    }

    [KernelSctpFact]
    public async Task One_that_was_peeled_off_is_given_under_a_name_of_the_host_and_got_in_the_other_process()
    {
        var (owner, taker) = (CreateTestProbe(), Other.CreateTestProbe());
        var (shared, peer) = await JoinAsync(Serve(owner), owner);
        using var _ = peer;
        shared.Handle.Socket.Tell(new Peeloff(shared.Handle), owner);
        var peeled = owner.ReceiveN(2).OfType<Acquired>().Single();
        var give = new Give(peeled.Handle, "heavy") { Scope = NameScope.Host };
        peeled.Handle.Socket.Tell(give, owner);
        owner.ExpectMsg<Given>();
        Other.Sockets.Sockets.Tell(new Get("heavy", taker) { Scope = NameScope.Host }, taker);
        var got = taker.ExpectMsg<Acquired>();
        owner.ExpectMsg<Released>();
        await peer.SendAsync("hello");
        Assert.Equal("hello", (await TakeAsync(got.Messages)).Text);
    }

    [KernelSctpFact]
    public async Task One_whose_release_fails_goes_on_here()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (held, peer) = await JoinAsync(Serve(owner), owner);
        using var _ = peer;
        var release = Release(owner, held.Handle, Peer("login", service));
        var offered = service.ExpectMsg<Offered>();
        await peer.SendAsync("meanwhile", On(stream: 1));
        offered.Offer.Socket.Tell(new Decline(offered.Offer, service, "no"), service);
        Reverted(owner, release);
        Assert.Equal("meanwhile", (await TakeAsync(held.Messages)).Text);
        await SendAsync(held.Messages, "still here");
        Assert.Equal("still here", await peer.ReadAsync());
    }

    [KernelSctpFact]
    public async Task A_process_without_the_kernels_SCTP_declines_it_before_anything_moves()
    {
        var (owner, service) = (CreateTestProbe(), CreateTestProbe());
        using var third = OpenAnother("third", "handoff.sctp.backend = simulated\n");
        var path = third.Open("login", third.CreateTestProbe());
        var (held, peer) = await JoinAsync(Serve(owner), owner);
        using var _ = peer;
        var release = Release(owner, held.Handle, PeerAt(path, "login"));
        Assert.Contains($"{ResultCode.EEMODENOTSUPP}", Reverted(owner, release), StringComparison.Ordinal);
        await peer.SendAsync("still here");
        Assert.Equal("still here", (await TakeAsync(held.Messages)).Text);
        service.ExpectNoMsg(TimeSpan.Zero);
    }

    [KernelSctpFact]
    public async Task One_goes_to_and_fro_under_traffic_and_neither_a_message_nor_a_descriptor_stays_behind()
    {
        const int Rounds = 25, InARound = 20;
        var (here, there) = (CreateTestProbe(), Other.CreateTestProbe());
        var (held, peer) = await JoinAsync(Serve(here), here);
        using var _ = peer;
        var (away, home) = (Peer("there", there), Home("here", here));
        var traffic = Task.Run(() => TalkAsync(peer, 2 * Rounds * InARound));
        var before = 0;
        for (var round = 0; round < Rounds; round++)
        {
            await EchoAsync(held, InARound);
            held = PassOn(here, held, there, away);
            await EchoAsync(held, InARound);
            held = PassOn(there, held, here, home);
            Assert.Equal((2L * InARound * (round + 1), held.Consumed), (held.Consumed, held.Written));
            if (round == 0) before = OpenSockets.Count();
        }

        var (said, heard) = await traffic.WaitAsync(Patience);
        Assert.Equal(said, heard);
        AwaitCondition(() => OpenSockets.Count() <= before, Patience);
    }

    // On the stream that it came by.
    private static async Task EchoAsync(Acquired held, int count)
    {
        using var bound = new CancellationTokenSource(Patience);
        for (var i = 0; i < count; i++)
        {
            var message = await held.Messages!.ReadAsync(bound.Token);
            Assert.Equal(MessageKind.Data, message.Kind);
            var info = message.Facts.Info;
            var back = new SctpSendInfo { Stream = info.Stream, PayloadProtocol = info.PayloadProtocol + 1 };
            var sent = await held.Messages.SendAsync(message.Bytes, back, cancellationToken: bound.Token);
            Assert.True(sent.IsSuccess);
            held.Messages.Consume();
        }
    }

    // Some are always under way, on three streams; a hash of each stream, either way.
    private static async Task<(string Said, string Heard)> TalkAsync(Client peer, int all)
    {
        const int Window = 8, Streams = 3;
        var said = new IncrementalHash[Streams];
        var heard = new IncrementalHash[Streams];
        for (var i = 0; i < Streams; i++)
            (said[i], heard[i]) = (Hash(), Hash());
        for (var (sent, received) = (0, 0); received < all; received++)
        {
            for (; sent < all && sent < received + Window; sent++)
            {
                var text = $"{sent}:{new string('x', sent % 700)}";
                said[sent % Streams].AppendData(Encoding.ASCII.GetBytes(text));
                await peer.SendAsync(text, On((ushort)(sent % Streams), (uint)sent));
            }

            var answer = await peer.NextAsync();
            heard[answer.Info.Stream].AppendData(peer.Bytes(answer));
        }

        return (Text(said), Text(heard));

        static IncrementalHash Hash() => IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        static string Text(IncrementalHash[] all) =>
            string.Join(' ', all.Select(one => Convert.ToHexString(one.GetHashAndReset())));
    }

    private Listening Serve(TestProbe owner)
    {
        Handoff.Sockets.Tell(new Listen(AnyPort, owner) { Transport = "sctp" }, owner);
        return owner.ExpectMsg<Listening>();
    }

    private async Task<(Acquired Here, Client Peer)> JoinAsync(Listening endpoint, TestProbe acceptor)
    {
        var socket = Handoff.Sctp.Get().Backend!.Open([AnyPort], SctpSocketOptions.Default).Socket!;
        Assert.True(socket.Listen(8).IsSuccess);
        Assert.True(socket.Connect([(IPEndPoint)endpoint.EndPoint]).IsSuccess);
        var peer = new Client(socket, (IPEndPoint)endpoint.EndPoint);
        await peer.IsUpAsync();
        return (Take(acceptor), peer);
    }

    private static SctpSendInfo On(ushort stream, uint protocol = 0) =>
        new() { Stream = stream, PayloadProtocol = protocol };
}
