using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

internal sealed class Identity<T> : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes);

    private sealed class Logic(Identity<T> stage, Attributes attributes) : FlowLogic<T, T>(stage, attributes)
    {
        public override void OnPush() => Push(Out, Grab(In));
    }
}
