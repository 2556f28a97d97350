using System.Diagnostics;
using Akka.Actor;

namespace Handoff.Bench.Actors;

// One after the other, each with a time-out.
internal static class Asks
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    public static async Task<double[]> MeasureAsync(ActorSystem system, TimeSpan window)
    {
        var actor = system.ActorOf(Props.Create(() => new PingPong.Echo()));
        var message = new object();
        var asked = 0L;
        var clock = Stopwatch.StartNew();
        for (; clock.Elapsed < window; asked++) await actor.Ask<object>(message, Within);
        var elapsed = clock.Elapsed;
        system.Stop(actor);
        return [asked / elapsed.TotalSeconds];
    }
}
