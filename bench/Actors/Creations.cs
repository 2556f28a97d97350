using System.Diagnostics;
using Akka.Actor;
using Handoff.Bench.Echo;

namespace Handoff.Bench.Actors;

// A parent makes children, stops them at once, and makes another for each that has stopped.
internal static class Creations
{
    private const int AtATime = 64;

    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(10);

    public static async Task<double[]> MeasureAsync(ActorSystem system, TimeSpan window)
    {
        var stop = new StopSign();
        var stopped = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var parent = system.ActorOf(Props.Create(() => new Parent(stop, stopped)));
        var clock = Stopwatch.StartNew();
        parent.Tell(new object());
        await Task.Delay(window);
        stop.Set();
        var count = await stopped.Task.WaitAsync(EndWithin);
        var elapsed = clock.Elapsed;
        system.Stop(parent);
        return [count / elapsed.TotalSeconds];
    }

    private sealed class Parent(StopSign stop, TaskCompletionSource<long> stopped) : UntypedActor
    {
        private readonly Props _child = Props.Create(() => new Child());
        private long _stopped;
        private int _alive;

        protected override void OnReceive(object message)
        {
            if (message is Terminated)
            {
                _stopped++;
                _alive--;
                if (!stop.IsSet) Create();
                else if (_alive == 0) stopped.TrySetResult(_stopped);
            }
            else
            {
                for (var i = 0; i < AtATime; i++) Create();
            }
        }

        private void Create()
        {
            var child = Context.ActorOf(_child);
            Context.Watch(child);
            Context.Stop(child);
            _alive++;
        }
    }

    private sealed class Child : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
