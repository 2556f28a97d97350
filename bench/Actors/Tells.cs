using System.Diagnostics;
using Akka.Actor;
using Handoff.Bench.Echo;

namespace Handoff.Bench.Actors;

// One thread tells, one actor takes; the thread waits after each batch, so that the mailbox stays bounded.
internal static class Tells
{
    private const int Batch = 50_000;

    private static readonly TimeSpan BatchWithin = TimeSpan.FromSeconds(20);

    public static async Task<double[]> MeasureAsync(ActorSystem system, TimeSpan window)
    {
        using var taken = new SemaphoreSlim(0);
        var done = taken;
        var consumer = system.ActorOf(Props.Create(() => new Consumer(done)));
        var (rate, bytes) = (0.0, 0.0);
        await OwnThread.Run(() => (rate, bytes) = Tell(consumer, done, window));
        system.Stop(consumer);
        return [rate, bytes];
    }

    private static (double Rate, double Bytes) Tell(IActorRef consumer, SemaphoreSlim taken, TimeSpan window)
    {
        var message = new object();
        var told = 0L;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < window)
        {
            for (var i = 0; i < Batch; i++) consumer.Tell(message, ActorRefs.NoSender);
            if (!taken.Wait(BatchWithin)) throw new BenchFailedException($"{Batch} tells took over {BatchWithin}.");
            told += Batch;
        }

        var elapsed = clock.Elapsed;
        return (told / elapsed.TotalSeconds, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)told);
    }

    private sealed class Consumer(SemaphoreSlim taken) : UntypedActor
    {
        private int _count;

        protected override void OnReceive(object message)
        {
            if (++_count < Batch) return;
            _count = 0;
            taken.Release();
        }
    }
}
