using System.Diagnostics.Metrics;
using Handoff.Transport.Engine;
using Handoff.Transport.Memory;
using Handoff.Transport.Sockets;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Sockets;

public sealed class AllocationTests
{
    private const int Warm = 1_000;
    private const int Measured = 10_000;

    // One small object in every hundredth message would be too much. Zero is what is measured.
    private const double BytesPerMessage = 0.25;

    [Theory]
    [InlineData(64, false)]
    [InlineData(40_000, false)]
    [InlineData(64, true)]
    public void A_message_that_is_echoed_allocates_nothing_also_where_it_is_measured(int size, bool isMeasured)
    {
        using var listener = isMeasured ? ListenToTheMeter() : null;
        var turns = new Turns();
        var options = new ConnectionOptions(turns, turns) { Blocks = new BlockPool() };
        var (near, far) = new MemoryNetwork(turns).Pair();
        var client = new SocketConnection(near, options);
        var server = new SocketConnection(far, options);
        client.Start();
        server.Start();
        var pause = new Waiter<int>(turns);
        var asking = Ask(client.Lease(1), new byte[size], pause);
        var echoing = Echo(server.Lease(1));

        GoOn(pause, Warm, turns);
        var allocated = Allocated.Least(() => GoOn(pause, Measured, turns));
        Assert.InRange(allocated / (double)Measured, 0, BytesPerMessage);
        Assert.Equal((Warm + (Allocated.Rounds * Measured)) * (long)size, client.Status.BytesReceived);

        GoOn(pause, 0, turns);
        Assert.True(asking.IsCompletedSuccessfully, asking.Exception?.ToString());
        Assert.False(echoing.IsCompleted);
    }

    private static MeterListener ListenToTheMeter()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Handoff") listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        listener.Start();
        return listener;
    }

    private static void GoOn(Waiter<int> pause, int count, Turns turns)
    {
        Assert.True(pause.IsWaiting);
        pause.Resolve(count);
        pause.Fire();
        turns.RunAll(int.MaxValue);
    }

    private static async Task Ask(SocketLease lease, byte[] message, Waiter<int> pause)
    {
        while (true)
        {
            pause.Arm();
            var count = await pause.Armed.ConfigureAwait(false);
            if (count == 0) return;
            for (var i = 0; i < count; i++)
            {
                await lease.Output.WriteAsync(message).ConfigureAwait(false);
                for (var left = (long)message.Length; left > 0;)
                {
                    var result = await lease.Input.ReadAsync().ConfigureAwait(false);
                    left -= result.Buffer.Length;
                    lease.Input.AdvanceTo(result.Buffer.End);
                }
            }
        }
    }

    private static async Task Echo(SocketLease lease)
    {
        while (true)
        {
            var result = await lease.Input.ReadAsync().ConfigureAwait(false);
            foreach (var memory in result.Buffer) await lease.Output.WriteAsync(memory).ConfigureAwait(false);
            lease.Input.AdvanceTo(result.Buffer.End);
        }
    }
}
