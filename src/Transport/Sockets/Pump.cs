using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets;

// What moves bytes one way: from one call on the socket to the next, as long as none has to wait. It is no task: it
// runs where it was woken, goes on where the socket says so, and costs nothing while it is idle.
internal abstract class Pump(ConnectionCore core)
{
    private ConfiguredValueTaskAwaitable<IoResult>.ConfiguredValueTaskAwaiter _call;
    private Action? _resume;

    protected ConnectionCore Core => core;

    // It was woken under the gate, which is left by now.
    public void Fire()
    {
        var scheduler = core.Options.PumpScheduler;
        if (ReferenceEquals(scheduler, PipeScheduler.Inline)) Run();
        else scheduler.Schedule(static pump => ((Pump)pump!).Run(), this);
    }

    // True if a call is under way; else it has ended, or waits until it is woken.
    protected abstract bool Begin();

    // Takes what the call ended with; true if another one is under way.
    protected abstract bool Take(IoResult result);

    protected bool Call(ValueTask<IoResult> call)
    {
        _call = call.ConfigureAwait(false).GetAwaiter();
        return true;
    }

    private void Run() => Run(isUnderWay: false);

    private void Resume() => Run(isUnderWay: true);

    private void Run(bool isUnderWay)
    {
        try
        {
            if (isUnderWay || Begin()) GoOn();
        }
        catch (Exception defect)
        {
            core.Ending.PumpEnded(defect);
        }
    }

    private void GoOn()
    {
        do
        {
            if (_call.IsCompleted) continue;
            _call.UnsafeOnCompleted(_resume ??= Resume);
            return;
        }
        while (Take(_call.GetResult()));
    }
}
