using Akka.Event;
using Akka.Streams.Stage;
using Akka.Util;

namespace Akka.Streams.Implementation.Stages;

internal sealed class UnfoldAsync<TState, T>(TState zero, Func<TState, Task<Option<(TState, T)>>> unfold)
    : SourceStage<T, NotUsed>
{
    public override ILogicAndMaterializedValue<NotUsed> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes) => With(new Logic(this, zero, unfold), NotUsed.Instance);

    private sealed class Logic : GraphStageLogic
    {
        private TState _state;

        public Logic(UnfoldAsync<TState, T> stage, TState zero, Func<TState, Task<Option<(TState, T)>>> unfold)
            : base(stage.Shape)
        {
            _state = zero;
            var onNext = GetAsyncCallback<Task<Option<(TState, T)>>>(task => Next(stage, task));
            SetHandler(stage.Out, () => Awaited.Tell(unfold(_state), onNext));
        }

        private void Next(UnfoldAsync<TState, T> stage, Task<Option<(TState, T)>> task)
        {
            if (!task.IsCompletedSuccessfully)
            {
                FailStage(task.Exception ?? (Exception)new TaskCanceledException(task));
            }
            else if (task.Result is { HasValue: true } next)
            {
                _state = next.Value.Item1;
                Push(stage.Out, next.Value.Item2);
            }
            else
            {
                CompleteStage();
            }
        }
    }
}

internal sealed class TaskSource<T>(Task<T> task) : SourceStage<T, NotUsed>
{
    public override ILogicAndMaterializedValue<NotUsed> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes) => With(new Logic(this, task), NotUsed.Instance);

    private sealed class Logic : GraphStageLogic
    {
        private readonly Task<T> _task;
        private readonly Action<Task<T>> _onDone;

        public Logic(TaskSource<T> stage, Task<T> task)
            : base(stage.Shape)
        {
            _task = task;
            SetHandler(stage.Out, EagerTerminateOutput);
            _onDone = GetAsyncCallback<Task<T>>(done =>
            {
                if (done.IsCompletedSuccessfully)
                    Emit(stage.Out, done.Result, CompleteStage);
                else
                    FailStage(Awaited.FailureOf(done));
            });
        }

        public override void PreStart() => Awaited.Tell(_task, _onDone);
    }
}

internal sealed class MaybeSource<T> : SourceStage<T, TaskCompletionSource<T>>
{
    public override ILogicAndMaterializedValue<TaskCompletionSource<T>> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes)
    {
        var promise = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        return With(new Logic(this, promise), promise);
    }

    private sealed class Logic : GraphStageLogic
    {
        private readonly TaskCompletionSource<T> _promise;
        private readonly Action<Task<T>> _onDone;

        public Logic(MaybeSource<T> stage, TaskCompletionSource<T> promise)
            : base(stage.Shape)
        {
            _promise = promise;
            SetHandler(stage.Out, EagerTerminateOutput);
            _onDone = GetAsyncCallback<Task<T>>(done =>
            {
                if (!done.IsCompletedSuccessfully)
                    FailStage(done.Exception ?? (Exception)new TaskCanceledException(done));
                else if (EqualityComparer<T>.Default.Equals(done.Result, default))
                    CompleteStage();
                else
                    Emit(stage.Out, done.Result, CompleteStage);
            });
        }

        public override void PreStart() => Awaited.Tell(_promise.Task, _onDone);

        private protected override void Aborted(Exception cause) => FailStage(cause);

        // Who holds the promise sees that nobody waits for it any longer.
        public override void PostStop() => _promise.TrySetResult(default);
    }
}

internal sealed class AsyncElements<T>(Func<IAsyncEnumerable<T>> factory) : SourceStage<T, NotUsed>
{
    public override ILogicAndMaterializedValue<NotUsed> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes) => With(new Logic(this, factory), NotUsed.Instance);

    private sealed class Logic : GraphStageLogic
    {
        private readonly Func<IAsyncEnumerable<T>> _factory;
        private readonly CancellationTokenSource _ended = new();
        private IAsyncEnumerator<T> _elements;
        private Task<bool> _move = Task.FromResult(false);

        public Logic(AsyncElements<T> stage, Func<IAsyncEnumerable<T>> factory)
            : base(stage.Shape)
        {
            _factory = factory;
            var onMoved = GetAsyncCallback<Task<bool>>(moved => Moved(stage, moved));
            SetHandler(stage.Out, () =>
            {
                _move = _elements.MoveNextAsync().AsTask();
                Awaited.Tell(_move, onMoved);
            });
        }

        public override void PreStart() => _elements = _factory().GetAsyncEnumerator(_ended.Token);

        // An enumerator must not be disposed of while it moves.
        public override void PostStop()
        {
            _ended.Cancel();
            var elements = _elements;
            if (elements != null)
                _move.GetAwaiter().UnsafeOnCompleted(() => Dispose(elements));
        }

        private void Dispose(IAsyncEnumerator<T> elements) =>
            Awaited.Tell(elements.DisposeAsync().AsTask(), done =>
            {
                if (done.IsFaulted)
                    Log.Error(done.Exception, "An asynchronous enumerator could not be disposed of");
            });

        private void Moved(AsyncElements<T> stage, Task<bool> moved)
        {
            if (!moved.IsCompletedSuccessfully)
                FailStage(Awaited.FailureOf(moved));
            else if (moved.Result)
                Push(stage.Out, _elements.Current);
            else
                CompleteStage();
        }
    }
}
