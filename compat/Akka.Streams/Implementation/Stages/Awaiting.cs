using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

// The results go out in the order of the elements.
internal sealed class SelectAsync<TIn, TOut>(int parallelism, Func<TIn, Task<TOut>> mapper) : FlowStage<TIn, TOut>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, parallelism, mapper);

    private sealed class Logic(
        SelectAsync<TIn, TOut> stage, Attributes attributes, int parallelism, Func<TIn, Task<TOut>> mapper)
        : AwaitingLogic<TIn, TOut>(stage, attributes, mapper)
    {
        private readonly Queue<Task<TOut>> _waiting = new();

        protected override bool HasRoom => _waiting.Count < parallelism;

        protected override bool IsIdle => _waiting.Count == 0;

        protected override void Begin(Task<TOut> task) => _waiting.Enqueue(task);

        protected override void Ended(Task<TOut> task) => Fill();

        protected override bool TryTake(out Task<TOut> task)
        {
            if (!_waiting.TryPeek(out task) || !task.IsCompleted)
                return false;
            _waiting.Dequeue();
            return true;
        }
    }
}

internal sealed class SelectAsyncUnordered<TIn, TOut>(int parallelism, Func<TIn, Task<TOut>> mapper)
    : FlowStage<TIn, TOut>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, parallelism, mapper);

    private sealed class Logic(
        SelectAsyncUnordered<TIn, TOut> stage, Attributes attributes, int parallelism, Func<TIn, Task<TOut>> mapper)
        : AwaitingLogic<TIn, TOut>(stage, attributes, mapper)
    {
        private readonly Queue<Task<TOut>> _ended = new();
        private int _running;

        protected override bool HasRoom => _running + _ended.Count < parallelism;

        protected override bool IsIdle => _running + _ended.Count == 0;

        protected override void Begin(Task<TOut> task) => _running++;

        protected override void Ended(Task<TOut> task)
        {
            _running--;
            _ended.Enqueue(task);
            Fill();
        }

        protected override bool TryTake(out Task<TOut> task) => _ended.TryDequeue(out task);
    }
}

internal abstract class AwaitingLogic<TIn, TOut> : FlowLogic<TIn, TOut>
{
    private readonly Func<TIn, Task<TOut>> _mapper;
    private readonly Action<Task<TOut>> _onEnded;

    protected AwaitingLogic(FlowStage<TIn, TOut> stage, Attributes attributes, Func<TIn, Task<TOut>> mapper)
        : base(stage, attributes)
    {
        _mapper = mapper;
        _onEnded = GetAsyncCallback<Task<TOut>>(Check);
    }

    protected abstract bool HasRoom { get; }

    protected abstract bool IsIdle { get; }

    public override void OnPush()
    {
        try
        {
            var task = _mapper(Grab(In));
            Begin(task);
            if (task.IsCompleted)
                Check(task);
            else
                Awaited.Tell(task, _onEnded);
        }
        catch (Exception cause)
        {
            if (!Survives(cause))
                return;
        }

        if (HasRoom)
            PullIfOpen();
    }

    public override void OnPull() => Fill();

    public override void OnUpstreamFinish()
    {
        if (IsIdle)
            CompleteStage();
    }

    protected abstract void Begin(Task<TOut> task);

    protected abstract void Ended(Task<TOut> task);

    protected abstract bool TryTake(out Task<TOut> task);

    // Pushes what is ready, over what failed and may be dropped.
    protected void Fill()
    {
        while (IsAvailable(Out) && TryTake(out var task))
        {
            if (task is { IsCompletedSuccessfully: true, Result: { } element })
                Push(Out, element);
        }

        if (IsIdle && IsClosed(In))
            CompleteStage();
        else if (HasRoom)
            PullIfOpen();
    }

    // A failure that ends the stream ends it at once, whatever waits before it.
    private void Check(Task<TOut> task)
    {
        var failure = FailureOf(task);
        if (failure == null || Survives(failure))
            Ended(task);
    }

    private static Exception FailureOf(Task<TOut> task)
    {
        if (!task.IsCompletedSuccessfully)
            return task.Exception ?? (Exception)new TaskCanceledException(task);
        return task.Result is null ? new ArgumentNullException(null, "Element must not be null, rule 2.13") : null;
    }
}
