using System.Net;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class WritePinTests(ITestOutputHelper output) : SocketTestKit(output)
{
    // The bytes have room already, and whoever wrote them has not been told so.
    [Fact]
    public void A_release_before_a_write_was_answered_is_refused_and_the_answer_comes()
    {
        var slow = new SlowTransport();
        Handoff.AddTransport(slow);
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var connect = new Connect(new IPEndPoint(IPAddress.Loopback, 1), owner)
        {
            Transport = slow.Name,
            Reading = Reading.Once,
        };
        Handoff.Sockets.Tell(connect, owner);
        AwaitCondition(() => slow.Connects.IsAwaited, Patience);
        var sending = new TaskCompletionSource<IoResult>();
        var connected = slow.Connected(new SlowStream { Sending = sending.Task });
        slow.Connects.Arrive(connected);
        var handle = owner.ExpectMsg<Acquired>().Handle;
        var write = new Write(handle, "x"u8.ToArray());
        handle.Socket.Tell(write, owner);
        AwaitCondition(() => connected.Connection!.Status.Unsent == 1, Patience);

        using var hurdle = Hurdle.In(handle.Socket);
        Release(owner, handle, target);
        sending.SetResult(IoResult.Moved(1));
        AwaitCondition(() => connected.Connection!.Status.Unsent == 0, Patience);
        hurdle.Fall();

        Assert.Equal(ResultCode.EEBUSY, owner.ExpectMsg<Refused>().Result.Code);
        Assert.Equal(write, owner.ExpectMsg<Written>().Write);
        Release(owner, handle, target);
        Take(target);
        owner.ExpectMsg<Released>();
    }
}
