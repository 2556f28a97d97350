using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

internal sealed class KillableFlow<T, TMat>(Func<(Task<Done> Terminator, TMat Value)> make)
    : GraphStageWithMaterializedValue<FlowShape<T, T>, TMat>
{
    public override FlowShape<T, T> Shape { get; } =
        new(new Inlet<T>("killSwitch.in"), new Outlet<T>("killSwitch.out"));

    protected override Attributes InitialAttributes => Attributes.CreateName("killSwitch");

    public override ILogicAndMaterializedValue<TMat> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var (terminator, value) = make();
        return new LogicAndMaterializedValue<TMat>(new Logic(Shape, terminator), value);
    }

    private sealed class Logic : KillableLogic
    {
        public Logic(FlowShape<T, T> shape, Task<Done> terminator)
            : base(shape, terminator)
        {
            SetHandler(shape.Inlet, () => Push(shape.Outlet, Grab(shape.Inlet)));
            SetHandler(shape.Outlet, () => Pull(shape.Inlet));
        }
    }
}

internal sealed class KillableBidi<T1, T2>
    : GraphStageWithMaterializedValue<BidiShape<T1, T1, T2, T2>, UniqueKillSwitch>
{
    public override BidiShape<T1, T1, T2, T2> Shape { get; } = new(
        new Inlet<T1>("killSwitchBidi.in1"),
        new Outlet<T1>("killSwitchBidi.out1"),
        new Inlet<T2>("killSwitchBidi.in2"),
        new Outlet<T2>("killSwitchBidi.out2"));

    protected override Attributes InitialAttributes => Attributes.CreateName("killSwitchBidi");

    public override ILogicAndMaterializedValue<UniqueKillSwitch> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes)
    {
        var promise = new Promise<Done>();
        return new LogicAndMaterializedValue<UniqueKillSwitch>(
            new Logic(Shape, promise.Task), new UniqueKillSwitch(promise));
    }

    // Each direction ends by itself.
    private sealed class Logic : KillableLogic
    {
        public Logic(BidiShape<T1, T1, T2, T2> shape, Task<Done> terminator)
            : base(shape, terminator)
        {
            Connect(shape.Inlet1, shape.Outlet1);
            Connect(shape.Inlet2, shape.Outlet2);
        }

        private void Connect<T>(Inlet<T> inlet, Outlet<T> outlet)
        {
            SetHandler(
                inlet, () => Push(outlet, Grab(inlet)), () => Complete(outlet), cause => Fail(outlet, cause));
            SetHandler(outlet, () => Pull(inlet), cause => Cancel(inlet, cause));
        }
    }
}

internal abstract class KillableLogic : GraphStageLogic
{
    private readonly Task<Done> _terminator;
    private readonly Action<Task<Done>> _onKilled;

    protected KillableLogic(Shape shape, Task<Done> terminator)
        : base(shape)
    {
        _terminator = terminator;
        _onKilled = GetAsyncCallback<Task<Done>>(Killed);
    }

    public override void PreStart()
    {
        if (_terminator.IsCompleted)
            Killed(_terminator);
        else
            Awaited.Tell(_terminator, _onKilled);
    }

    private void Killed(Task<Done> terminator)
    {
        if (terminator.IsCompletedSuccessfully)
            CompleteStage();
        else
            FailStage(Awaited.FailureOf(terminator));
    }
}

internal sealed class CancellableFlow<T>(CancellationToken token, bool gracefully) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, token, gracefully);

    private sealed class Logic : FlowLogic<T, T>
    {
        private readonly CancellationToken _token;
        private readonly bool _gracefully;
        private readonly Action _onCancel;
        private CancellationTokenRegistration _registration;

        public Logic(CancellableFlow<T> stage, Attributes attributes, CancellationToken token, bool gracefully)
            : base(stage, attributes)
        {
            _token = token;
            _gracefully = gracefully;
            _onCancel = GetAsyncCallback(Cancelled);
        }

        public override void PreStart()
        {
            if (_token.IsCancellationRequested)
                Cancelled();
            else
                _registration = _token.Register(_onCancel);
        }

        public override void PostStop() => _registration.Unregister();

        public override void OnPush() => Push(Out, Grab(In));

        private void Cancelled()
        {
            if (_gracefully)
                CompleteStage();
            else
                FailStage(new OperationCanceledException("Stream cancelled", _token));
        }
    }
}
