using System.IO.Pipelines;

namespace Handoff.Transport.Engine.Linux;

// Whether one direction of a descriptor may be tried. Its user clears it, tries, and waits when the kernel said that
// there is nothing; what is reported in between is not lost. One waits at a time; anybody may report.
internal class Readiness() : Waiter<IoResult>(PipeScheduler.Inline)
{
    private int _phase;
    private int _why;

    private enum Phase
    {
        Clear,
        Ready,
        Waiting,

        // For good: every wait ends at once.
        Stopped,
    }

    private Phase Now => (Phase)Volatile.Read(ref _phase);

    // To be called before a try.
    public void Clear() => Swap(from: Phase.Ready, to: Phase.Clear);

    public ValueTask<IoResult> WaitAsync() =>
        Outcome(Now) is { } now ? new ValueTask<IoResult>(now) : WaitFrom(Phase.Clear);

    // Waits although it is ready, so that others have their turn; it has to be reported again.
    public ValueTask<IoResult> WaitOnceMoreAsync() => WaitFrom(Phase.Ready);

    public bool IsReady => Now is Phase.Ready;

    public void Report()
    {
        // What is ready already may be cleared by its user meanwhile, who tries after that and finds it.
        while (Now is var state and (Phase.Clear or Phase.Waiting))
        {
            if (!Swap(from: state, to: Phase.Ready)) continue;
            if (state is Phase.Waiting) End(IoResult.Moved(0));
            return;
        }
    }

    // Ends the wait that is pending, and no later one.
    public void Interrupt()
    {
        if (Swap(from: Phase.Waiting, to: Phase.Clear)) End(IoResult.Failed(ResultCode.EEINTR));
    }

    // The first reason stays.
    public void Stop(ResultCode why)
    {
        Interlocked.CompareExchange(ref _why, (int)why, (int)ResultCode.None);
        if ((Phase)Interlocked.Exchange(ref _phase, (int)Phase.Stopped) is Phase.Waiting) End(Stopped);
    }

    private IoResult Stopped => IoResult.Failed((ResultCode)Volatile.Read(ref _why));

    private ValueTask<IoResult> WaitFrom(Phase from)
    {
        Arm();
        if (Swap(from, to: Phase.Waiting)) return Armed;
        Disarm();
        return new ValueTask<IoResult>(Outcome(Now) ?? IoResult.Moved(0));
    }

    private IoResult? Outcome(Phase state) => state switch
    {
        Phase.Ready => IoResult.Moved(0),
        Phase.Stopped => Stopped,
        _ => null,
    };

    private bool Swap(Phase from, Phase to) =>
        Interlocked.CompareExchange(ref _phase, (int)to, (int)from) == (int)from;

    private void End(IoResult result)
    {
        Resolve(result);
        Execute();
    }
}
