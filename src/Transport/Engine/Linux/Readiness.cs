using System.IO.Pipelines;

namespace Handoff.Transport.Engine.Linux;

// Whether one direction of a descriptor may be tried. Its user clears it, tries, and waits when the kernel said that
// there is nothing; what is reported in between is not lost. One waits at a time; anybody may report.
internal sealed class Readiness
{
    private readonly Waiter<IoResult> _waiter = new(PipeScheduler.Inline);
    private int _state;
    private int _why;

    private enum State
    {
        Clear,
        Ready,
        Waiting,

        // For good: every wait ends at once.
        Stopped,
    }

    private State Now => (State)Volatile.Read(ref _state);

    // To be called before a try.
    public void Clear() => Swap(from: State.Ready, to: State.Clear);

    public ValueTask<IoResult> WaitAsync() =>
        Outcome(Now) is { } now ? new ValueTask<IoResult>(now) : WaitFrom(State.Clear);

    // Waits although it is ready, so that others have their turn; it has to be reported again.
    public ValueTask<IoResult> WaitOnceMoreAsync() => WaitFrom(State.Ready);

    public bool IsReady => Now is State.Ready;

    public void Report()
    {
        // What is ready already may be cleared by its user meanwhile, who tries after that and finds it.
        while (Now is var state and (State.Clear or State.Waiting))
        {
            if (!Swap(from: state, to: State.Ready)) continue;
            if (state is State.Waiting) End(IoResult.Moved(0));
            return;
        }
    }

    // Ends the wait that is pending, and no later one.
    public void Interrupt()
    {
        if (Swap(from: State.Waiting, to: State.Clear)) End(IoResult.Failed(ResultCode.EEINTR));
    }

    // The first reason stays.
    public void Stop(ResultCode why)
    {
        Interlocked.CompareExchange(ref _why, (int)why, (int)ResultCode.None);
        if ((State)Interlocked.Exchange(ref _state, (int)State.Stopped) is State.Waiting) End(Stopped);
    }

    private IoResult Stopped => IoResult.Failed((ResultCode)Volatile.Read(ref _why));

    private ValueTask<IoResult> WaitFrom(State from)
    {
        _waiter.Arm();
        if (Swap(from, to: State.Waiting)) return _waiter.Armed;
        _waiter.Disarm();
        return new ValueTask<IoResult>(Outcome(Now) ?? IoResult.Moved(0));
    }

    private IoResult? Outcome(State state) => state switch
    {
        State.Ready => IoResult.Moved(0),
        State.Stopped => Stopped,
        _ => null,
    };

    private bool Swap(State from, State to) =>
        Interlocked.CompareExchange(ref _state, (int)to, (int)from) == (int)from;

    private void End(IoResult result)
    {
        _waiter.Resolve(result);
        _waiter.Execute();
    }
}
