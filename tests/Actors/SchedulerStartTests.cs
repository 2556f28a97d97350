using Akka.Actor;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

[Collection(nameof(Alone))]
public sealed class SchedulerStartTests(ITestOutputHelper output) : SocketTestKit(output, virtualTime: false)
{
    // More than the pool adds threads for while the test has patience.
    private const int Burst = 200;

    [Fact]
    public void A_timer_is_set_while_every_thread_of_the_pool_is_held()
    {
        var due = CreateTestProbe();
        _ = Handoff.Sockets;
        using var gate = new ManualResetEventSlim();
        using var held = new CountdownEvent(Burst);
        for (var i = 0; i < Burst; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    gate.Wait();
                    held.Signal();
                },
                null);
        }

        var setting = new Thread(() => Sys.Scheduler.ScheduleTellOnce(TimeSpan.Zero, due, "due", ActorRefs.NoSender));
        setting.Start();
        var isSet = setting.Join(Patience);
        gate.Set();
        Assert.True(held.Wait(Patience));
        Assert.True(isSet, "a timer was not set before a thread of the pool was free");
        due.ExpectMsg("due");
    }
}
