using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

// The first element is what the others are added to.
internal sealed class Sum<T>(Func<T, T, T> reduce) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, reduce);

    private sealed class Logic(Sum<T> stage, Attributes attributes, Func<T, T, T> reduce)
        : FlowLogic<T, T>(stage, attributes)
    {
        private T _sum;
        private bool _hasSum;

        public override void OnPush()
        {
            try
            {
                var element = Grab(In);
                _sum = _hasSum ? reduce(_sum, element) : element;
                _hasSum = true;
            }
            catch (Exception cause)
            {
                if (!Survives(cause))
                    return;
            }

            PullIfOpen();
        }

        public override void OnUpstreamFinish()
        {
            if (_hasSum)
                Emit(Out, _sum, CompleteStage);
            else
                FailStage(new NoSuchElementException("Sum over empty stream"));
        }

        protected override void Forget() => _hasSum = false;
    }
}

internal sealed class Indexed<T> : FlowStage<T, (T, long)>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes);

    private sealed class Logic(Indexed<T> stage, Attributes attributes)
        : FlowLogic<T, (T, long)>(stage, attributes)
    {
        private long _next;

        public override void OnPush() => Push(Out, (Grab(In), _next++));
    }
}
