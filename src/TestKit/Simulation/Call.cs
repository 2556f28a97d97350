using System.IO.Pipelines;
using Handoff.Transport.Engine;

namespace Handoff.TestKit.Simulation;

// One call that waits, on a socket or a listener.
internal sealed class Call<T>(PipeScheduler scheduler) : Waiter<T>(scheduler), ICall
{
    public void End(T result, ref Wakes wakes)
    {
        Resolve(result);
        wakes.Add(this);
    }
}
