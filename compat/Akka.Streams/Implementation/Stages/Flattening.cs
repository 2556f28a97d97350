using Akka.Streams.Dsl;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

// Runs up to so many of the sources that come in at a time, and passes on what they give.
internal sealed class FlattenMerge<T, TMat>(int breadth) : FlowStage<IGraph<SourceShape<T>, TMat>, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, breadth);

    private sealed class Logic : FlowLogic<IGraph<SourceShape<T>, TMat>, T>
    {
        private readonly int _breadth;
        private readonly HashSet<SubSink<T>> _running = [];
        private readonly Queue<(SubSink<T> From, T Element)> _waiting = new();
        private readonly Action<(SubSink<T>, T)> _onElement;
        private readonly Action<(SubSink<T>, Exception)> _onEnd;

        public Logic(FlattenMerge<T, TMat> stage, Attributes attributes, int breadth)
            : base(stage, attributes)
        {
            _breadth = breadth;
            _onElement = GetAsyncCallback<(SubSink<T>, T)>(Came);
            _onEnd = GetAsyncCallback<(SubSink<T>, Exception)>(Ended);
        }

        public override void PreStart() => Pull(In);

        public override void OnPush()
        {
            var sub = new SubSink<T>(_onElement, _onEnd);
            _running.Add(sub);
            Source.FromGraph(Grab(In)).To(sub).Run(SubFusingMaterializer);
            sub.Pull();
            if (_running.Count < _breadth)
                PullIfOpen();
        }

        public override void OnPull()
        {
            if (_waiting.TryDequeue(out var next))
                Pass(next.From, next.Element);
        }

        public override void OnUpstreamFinish() => CompleteIfDone();

        public override void PostStop()
        {
            foreach (var sub in _running)
                sub.Cancel(SubscriptionWithCancelException.StageWasCompleted.Instance);
        }

        private void Came((SubSink<T> From, T Element) next)
        {
            if (IsAvailable(Out))
                Pass(next.From, next.Element);
            else
                _waiting.Enqueue(next);
        }

        private void Pass(SubSink<T> from, T element)
        {
            Push(Out, element);
            from.Pull();
            CompleteIfDone();
        }

        private void Ended((SubSink<T> Sub, Exception Cause) end)
        {
            _running.Remove(end.Sub);
            if (end.Cause != null)
            {
                FailStage(end.Cause);
                return;
            }

            if (_running.Count < _breadth)
                PullIfOpen();
            CompleteIfDone();
        }

        private void CompleteIfDone()
        {
            if (IsClosed(In) && _running.Count == 0 && _waiting.Count == 0)
                CompleteStage();
        }
    }
}

// Goes on with another source when one fails, so many times. A negative number is no limit.
internal sealed class RecoverWith<T, TMat>(Func<Exception, IGraph<SourceShape<T>, TMat>> partialFunc, int attempts)
    : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, partialFunc, attempts);

    private sealed class Logic : FlowLogic<T, T>
    {
        private readonly Func<Exception, IGraph<SourceShape<T>, TMat>> _partialFunc;
        private readonly Action<(SubSink<T>, T)> _onElement;
        private readonly Action<(SubSink<T>, Exception)> _onEnd;
        private SubSink<T> _instead;
        private int _left;

        public Logic(
            RecoverWith<T, TMat> stage,
            Attributes attributes,
            Func<Exception, IGraph<SourceShape<T>, TMat>> partialFunc,
            int attempts)
            : base(stage, attributes)
        {
            _partialFunc = partialFunc;
            _left = attempts;
            _onElement = GetAsyncCallback<(SubSink<T>, T)>(next => Push(Out, next.Item2));
            _onEnd = GetAsyncCallback<(SubSink<T>, Exception)>(Ended);
        }

        public override void OnPush() => Push(Out, Grab(In));

        public override void OnPull()
        {
            if (_instead == null)
                Pull(In);
            else
                _instead.Pull();
        }

        public override void OnUpstreamFailure(Exception e) => GoOnAfter(e);

        public override void PostStop() =>
            _instead?.Cancel(SubscriptionWithCancelException.StageWasCompleted.Instance);

        private void GoOnAfter(Exception cause)
        {
            if (_left == 0 || _partialFunc(cause) is not { } source)
            {
                FailStage(cause);
                return;
            }

            if (_left > 0)
                _left--;
            _instead = new SubSink<T>(_onElement, _onEnd);
            Source.FromGraph(source).To(_instead).Run(SubFusingMaterializer);
            if (IsAvailable(Out))
                _instead.Pull();
        }

        private void Ended((SubSink<T> Sub, Exception Cause) end)
        {
            _instead = null;
            if (end.Cause == null)
                CompleteStage();
            else
                GoOnAfter(end.Cause);
        }
    }
}
