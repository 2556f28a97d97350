using Handoff.Transport.Engine;
using Handoff.Transport.Memory;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Sockets.Messages;

public sealed class MessageAllocationTests
{
    private const int Warm = 1_000;
    private const int Measured = 10_000;

    // One small object in every hundredth message would be too much. Zero is what is measured.
    private const double BytesPerMessage = 0.25;

    [Theory]
    [InlineData(64)]
    [InlineData(40_000)]
    public void A_message_that_is_answered_allocates_nothing(int size)
    {
        var turns = new Turns();
        var options = new MessageOptions(turns, turns) { Blocks = new BlockPool() };
        var network = new MemoryDatagramNetwork(turns);
        var (server, client) = (Open(network, options), Open(network, options));
        var pause = new Waiter<int>(turns);
        var asking = Ask(client, server, new byte[size], pause);
        var answering = Answer(server.Lease(1));

        GoOn(pause, Warm, turns);
        var allocated = Allocated.Least(() => GoOn(pause, Measured, turns));
        Assert.InRange(allocated / (double)Measured, 0, BytesPerMessage);
        Assert.Equal((Warm + (Allocated.Rounds * Measured)) * (long)size, client.Status.BytesReceived);

        GoOn(pause, 0, turns);
        Assert.True(asking.IsCompletedSuccessfully, asking.Exception?.ToString());
        Assert.False(answering.IsCompleted);
    }

    private static MessageSocket Open(MemoryDatagramNetwork network, MessageOptions options)
    {
        var socket = new MemoryDatagramTransport(network, options).Open(new MemoryEndPoint(""), null).Socket!;
        socket.Start();
        return socket;
    }

    private static void GoOn(Waiter<int> pause, int count, Turns turns)
    {
        Assert.True(pause.IsWaiting);
        pause.Resolve(count);
        pause.Fire();
        turns.RunAll(int.MaxValue);
    }

    private static async Task Ask(MessageSocket client, MessageSocket server, byte[] message, Waiter<int> pause)
    {
        var lease = client.Lease(1);
        while (true)
        {
            pause.Arm();
            var count = await pause.Armed.ConfigureAwait(false);
            if (count == 0) return;
            for (var i = 0; i < count; i++)
            {
                await lease.SendAsync(message, server.LocalEndPoint).ConfigureAwait(false);
                await lease.ReadAsync().ConfigureAwait(false);
                lease.Consume();
            }
        }
    }

    private static async Task Answer(MessageLease lease)
    {
        while (true)
        {
            var message = await lease.ReadAsync().ConfigureAwait(false);
            await lease.ReplyAsync(message.Bytes).ConfigureAwait(false);
        }
    }
}
