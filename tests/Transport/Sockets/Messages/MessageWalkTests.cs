using System.Net;
using System.Net.Sockets;
using Handoff.Transport.Sockets.Messages;
using Handoff.Transport.Tests.Engine.Linux;
using Xunit.Abstractions;

namespace Handoff.Transport.Tests.Sockets.Messages;

/// <summary>Under traffic a socket stops wherever it is just then, and goes on in the other place or where it
/// was.</summary>
public sealed class MessageWalkTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Messages = 1500;

    private readonly OtherProcess _world = new();
    private long _epoch;
    private int _moves;
    private int _reverts;
    private long _unread;
    private long _unsent;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Datagrams_of_several_senders_are_each_read_and_answered_once_and_in_order(string address)
    {
        var random = Seeded();
        var any = new IPEndPoint(IPAddress.Parse(address), 0);
        var socket = _world.Open(any, remote: null);
        var to = socket.LocalEndPoint!;
        var senders = Enumerable.Range(0, 3).Select(_ => Task.Run(() => AskAsync(any, to))).ToArray();
        var lease = socket.Lease(++_epoch);
        for (var handled = 0; handled < senders.Length * Messages;)
        {
            for (var more = random.Next(8); more > 0 && handled < senders.Length * Messages; more--, handled++)
            {
                var message = await lease.ReadAsync().AsTask().WaitAsync(Loopback.Bound);
                Assert.Equal(MessageKind.Data, message.Kind);
                Assert.True((await lease.ReplyAsync(message.Bytes)).IsSuccess);
            }

            Assert.Equal((handled, handled), (lease.ConsumedPosition, lease.SentPosition));
            (socket, lease) = await PassAsync(socket, lease, random, OtherProcess.Options);
        }

        await Task.WhenAll(senders).WaitAsync(Loopback.Bound);
        await socket.DisposeAsync();
        Told();
    }

    [Fact]
    public async Task Records_both_ways_between_a_quick_and_a_slow_side_go_on_where_they_stopped()
    {
        const int Behind = 12, Most = 16, SendBufferOption = 7, SocketLevel = 1;
        var random = Seeded();

        // A reply that waits goes on below half of the bound, where the peer is no further behind.
        var options = OtherProcess.Options with { ReceiveMessages = Most, SendMessages = 2 * Most };
        using var pair = await RecordPair.ConnectAsync(_world, options);
        var socket = pair.Near;
        Assert.True(socket.SetRawOption(SocketLevel, SendBufferOption, BitConverter.GetBytes(1)).IsSuccess);
        var sending = Task.Run(() => SendAsync(pair.Peer, random.Next()));
        using var allowed = new SemaphoreSlim(0);
        var receiving = Task.Run(() => ReceiveAsync(pair.Peer, allowed));
        var lease = socket.Lease(++_epoch);
        for (var handled = 0; handled < Messages;)
        {
            for (var more = random.Next(8); more > 0 && handled < Messages; more--, handled++)
            {
                var record = await lease.ReadAsync().AsTask().WaitAsync(Loopback.Bound);
                Assert.Equal(handled, BitConverter.ToInt32(record.Bytes.Span));
                var reply = lease.ReplyAsync(record.Bytes).AsTask();
                if (await Task.WhenAny(reply, receiving).WaitAsync(Loopback.Bound) != reply) await receiving;
                Assert.True((await reply.WaitAsync(Loopback.Bound)).IsSuccess);
                if (handled >= Behind) allowed.Release();
            }

            Assert.Equal((handled, handled), (lease.ConsumedPosition, lease.SentPosition));
            (socket, lease) = await PassAsync(socket, lease, random, options);
        }

        await sending.WaitAsync(Loopback.Bound);
        Assert.Equal(ResultCode.EESUCCESS, lease.FinishSending());
        (socket, lease) = await PassAsync(socket, lease, random, options);
        Assert.Equal(ResultCode.EENOTCONN, (await lease.SendAsync(new byte[4])).Code);
        allowed.Release(Behind + 1);
        Assert.Equal(Messages, await receiving.WaitAsync(Loopback.Bound));
        var end = await lease.ReadAsync().AsTask().WaitAsync(Loopback.Bound);
        Assert.Equal((MessageKind.End, ResultCode.EESUCCESS), (end.Kind, end.Code));
        await socket.DisposeAsync();
        Told();
        Assert.True(_unread > 0 && _unsent > 0, "nothing waited: it was no walk");
    }

    private Random Seeded()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        return new Random(seed);
    }

    // To the other place, or after it stopped back to where it was.
    private async Task<(MessageSocket Socket, MessageLease Lease)> PassAsync(
        MessageSocket socket, MessageLease lease, Random random, MessageOptions options)
    {
        Assert.Equal(ResultCode.EESUCCESS, socket.Offer().Code);
        if (random.Next(3) == 0)
        {
            await OtherProcess.DetachAsync(socket);
            socket.GoOn();
            socket.Resume();
            _reverts++;
            return (socket, lease);
        }

        var detached = await OtherProcess.DetachAsync(socket);
        (_unread, _unsent) = (_unread + detached.Unread.Count, _unsent + detached.Unsent.Count);
        using var copy = OtherProcess.CopyOf(detached.Descriptor!);
        socket.Leave();
        var moved = OtherProcess.Adopted(
            copy, socket, ++_moves % 2 == 0 ? _world.Here : _world.There, detached, options);
        return (moved, moved.Lease(++_epoch));
    }

    private void Told()
    {
        output.WriteLine($"{_moves} moves with {_unread} unread and {_unsent} unsent; {_reverts} reverts");
        Assert.True(_moves > 50 && _reverts > 20, "too few");
    }

    // So few are under way that the system drops none.
    private static async Task AskAsync(IPEndPoint from, EndPoint to)
    {
        const int Window = 16;
        using var socket = new Socket(from.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(from);
        using var bound = new CancellationTokenSource(Loopback.Bound);
        var buffer = new byte[64];
        for (var (sent, answered) = (0, 0); answered < Messages; answered++)
        {
            for (; sent < Messages && sent < answered + Window; sent++)
                await socket.SendToAsync(BitConverter.GetBytes(sent), SocketFlags.None, to, bound.Token);
            var answer = await socket.ReceiveFromAsync(buffer, SocketFlags.None, from, bound.Token);
            Assert.Equal((to, answered), (answer.RemoteEndPoint, BitConverter.ToInt32(buffer)));
        }

        Assert.Equal(0, socket.Available);
    }

    private static async Task SendAsync(Socket peer, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Messages; i++)
        {
            var record = new byte[random.Next(sizeof(int), 2000)];
            BitConverter.TryWriteBytes(record, i);
            await peer.SendAsync(record, SocketFlags.None);
        }

        peer.Shutdown(SocketShutdown.Send);
    }

    private static async Task<int> ReceiveAsync(Socket peer, SemaphoreSlim allowed)
    {
        var buffer = new byte[4000];
        for (var i = 0; ; i++)
        {
            await allowed.WaitAsync(Loopback.Bound);
            if (await peer.ReceiveAsync(buffer, SocketFlags.None) == 0) return i;
            Assert.Equal(i, BitConverter.ToInt32(buffer));
        }
    }
}
