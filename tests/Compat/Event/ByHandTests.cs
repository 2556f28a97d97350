using Akka.Actor;
using Akka.Event;

namespace Handoff.Compat.Tests.Event;

// What the system makes by itself can be made by hand.
public sealed class ByHandTests() : SystemTest
{
    [Fact]
    public async Task A_listener_made_by_hand_subscribes_to_dead_letters()
    {
        var listener = System.ActorOf(Props.Create(() => new DeadLetterListener()));
        // Its identity is answered behind its start.
        await listener.Ask<ActorIdentity>(new Identify("started"), Recorder.Patience);
        Assert.True(System.EventStream.Unsubscribe(listener, typeof(DeadLetter)));
        Assert.False(System.EventStream.Unsubscribe(listener, typeof(DeadLetter)));
    }

    [Fact]
    public void The_extension_of_the_shutdown_yields_the_one_of_the_system() =>
        Assert.Same(CoordinatedShutdown.Get(System), new CoordinatedShutdownExtension().Get(System));
}
