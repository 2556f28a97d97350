using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Tests.Handles.Passing;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Engine.Linux;

[Collection(nameof(Alone))]
public sealed class EventLoopStopTests
{
    // The numbers of a loop that has ended are given out again: to a counter here, elsewhere to whatever a byte harms.
    [Fact]
    public async Task A_loop_that_is_stopped_once_more_writes_into_nobody_elses_descriptor()
    {
        var (loop, _) = EventLoop.Start(0, null, 0, new DescriptorReserve(0, int.MaxValue, 0));
        loop!.Stop();
        await loop.Ended.WaitAsync(Loopback.Bound);
        var counters = Enumerable.Range(0, 64).Select(_ => OpenDescriptors.Event(0)).ToArray();
        loop.Stop();
        Assert.DoesNotContain(counters, HasCounted);
        foreach (var counter in counters) counter.Dispose();
    }

    private static unsafe bool HasCounted(SocketDescriptor counter)
    {
        ulong value;
        return SystemCalls.Read(counter.Number, &value, sizeof(ulong)) > 0;
    }
}
