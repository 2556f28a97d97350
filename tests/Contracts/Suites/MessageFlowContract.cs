using Handoff.Contracts.Tests.Setup;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

public abstract class MessageFlowContract(DatagramKind kind, ITestOutputHelper output) : DatagramSuite(kind, output)
{
    [Theory]
    [InlineData(4, 256 * 1024)]
    [InlineData(1024, 400)]
    public async Task At_the_bound_receiving_pauses_and_goes_on_when_there_is_room(int messages, int bytes)
    {
        var (_, peer) = Open();
        var (socket, lease) = Open(options: Options with { ReceiveMessages = messages, ReceiveBuffer = bytes });
        for (var i = 0; i < 8; i++) await Send(peer, Numbered(i), socket.LocalEndPoint);
        await Patience.Until(() => socket.Status.Unread == 4);
        Assert.True(await Patience.Never(() => socket.Status.Unread > 4));
        for (var i = 0; i < 8; i++) Assert.Equal(Numbered(i), await Take(lease));
        Assert.Equal(8, socket.Status.Received);
    }

    [Fact]
    public async Task What_the_system_drops_for_want_of_room_is_counted_where_it_tells()
    {
        if (!Kind.CountsDrops) return;
        var (_, peer) = Open();
        var (socket, lease) = Open(options: Options with { ReceiveMessages = 1 });
        const int Many = 2000;
        for (var i = 0; i < Many; i++)
        {
            Assert.True((await peer.SendAsync(new byte[1000], socket.LocalEndPoint).Soon()).IsSuccess);
        }

        var received = 0;
        await Patience.Until(async () =>
        {
            while (lease.TryRead(out _))
            {
                received++;
                lease.Consume();
            }

            await Task.Yield();
            return received + socket.Status.Dropped == Many;
        });
        Assert.InRange(received, 1, Many - 1);
    }

    [Fact]
    public async Task An_idle_socket_holds_no_buffer()
    {
        var pool = new BlockPool();
        var (_, peer) = Open();
        var (socket, lease) = Open(options: Options with { Blocks = pool });
        var random = Seeded();
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < 8; i++) await Send(peer, new byte[random.Next(20_000)], socket.LocalEndPoint);
            for (var i = 0; i < 8; i++) await Take(lease);
            await Patience.Until(() => pool.IdleCount == pool.MadeCount);
        }

        Assert.True(pool.MadeCount > 0);
    }

    [Fact]
    public async Task Messages_that_owners_pass_to_and_fro_arrive_once_each_and_in_order()
    {
        var random = Seeded();
        var (_, peer) = Open();
        var (socket, lease) = Open(options: Options with { ReceiveMessages = 64 });
        const int Many = 3000;
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < Many; i++)
            {
                await Send(peer, Numbered(i), socket.LocalEndPoint);

                // No more under way than the system holds for sure.
                if (i % 32 == 31) await Patience.Until(() => socket.Status.Consumed > i - 32);
            }
        });
        var epoch = 1L;
        for (var next = 0; next < Many;)
        {
            var message = await lease.ReadAsync().Soon();
            Assert.Equal(Numbered(next), System.Text.Encoding.ASCII.GetString(message.Bytes.Span));
            switch (random.Next(4))
            {
                case 0:
                    socket.Tear();
                    lease = socket.Lease(++epoch);
                    break;
                case 1:
                    lease.PutBack();
                    Assert.True(socket.Offer().IsSuccess);
                    if (random.Next(2) == 0) socket.Resume();
                    else lease = socket.Lease(++epoch);
                    break;
                default:
                    lease.Consume();
                    next++;
                    break;
            }
        }

        await sending.Soon();
        var status = socket.Status;
        Assert.Equal((Many, Many), (status.Received, status.Consumed));
        Assert.True(status.Dropped is 0 or null, $"{status.Dropped} were dropped");
    }

    private static string Numbered(int number) => $"{number:D100}";
}
