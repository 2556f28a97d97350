using System.Diagnostics;
using Akka.Actor;
using Handoff.Bench.Echo;

namespace Handoff.Bench.Actors;

internal static class PingPong
{
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(10);

    public static async Task<double[]> MeasureAsync(ActorSystem system, int pairs, TimeSpan window)
    {
        var stop = new StopSign();
        var players = Enumerable.Range(0, pairs).Select(_ => Create(system, stop)).ToArray();
        var clock = Stopwatch.StartNew();
        foreach (var (pinger, _, _) in players) pinger.Tell(new object());
        await Task.Delay(window);
        stop.Set();
        var roundTrips = await Task.WhenAll(players.Select(p => p.RoundTrips)).WaitAsync(EndWithin);
        var elapsed = clock.Elapsed;
        foreach (var (pinger, ponger, _) in players)
        {
            system.Stop(pinger);
            system.Stop(ponger);
        }

        return [roundTrips.Sum() / elapsed.TotalSeconds];
    }

    private static (IActorRef Pinger, IActorRef Ponger, Task<long> RoundTrips) Create(
        ActorSystem system, StopSign stop)
    {
        var roundTrips = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ponger = system.ActorOf(Props.Create(() => new Echo()));
        var pinger = system.ActorOf(Props.Create(() => new Pinger(ponger, stop, roundTrips)));
        return (pinger, ponger, roundTrips.Task);
    }

    internal sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }

    private sealed class Pinger(IActorRef ponger, StopSign stop, TaskCompletionSource<long> roundTrips) : UntypedActor
    {
        private long _told;

        protected override void OnReceive(object message)
        {
            if (stop.IsSet) roundTrips.TrySetResult(_told);
            else
            {
                _told++;
                ponger.Tell(message, Self);
            }
        }
    }
}
