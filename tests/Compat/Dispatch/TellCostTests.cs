using Akka.Actor;
using Handoff.Compat.Tests.Actors;
using Handoff.Compat.Tests.Configuration;

namespace Handoff.Compat.Tests.Dispatching;

// Of the stand-in only: what the real Akka allocates is not ours to bound.
public sealed class TellCostTests : ActorTest
{
    private const int Messages = 100_000;
    private const long MostBytes = 40L * Messages;

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(Messages)]
    public async Task A_tell_allocates_40_bytes_at_most(int waiting)
    {
        // On a thread of its own, whose allocations are counted apart from those of other tests.
        await OnOwnThread(() =>
        {
            using var taken = new SemaphoreSlim(0);
            var done = taken;
            var counter = Sys.ActorOf(Props.Create(() => new Counter(done, waiting)));
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var told = 0; told < Messages; told += waiting)
            {
                for (var i = 0; i < waiting; i++)
                    counter.Tell("m", ActorRefs.NoSender);
                Assert.True(taken.Wait(Patience));
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (StandIn.IsInUse)
                Assert.InRange(allocated, 0, MostBytes);
        });
    }

    private sealed class Counter(SemaphoreSlim taken, int batch) : UntypedActor
    {
        private int _count;

        protected override void OnReceive(object message)
        {
            if (++_count % batch == 0)
                taken.Release();
        }
    }
}
