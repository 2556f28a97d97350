using Akka.Streams;
using Akka.Streams.Stage;

namespace Handoff.Compat.Tests.Streams;

// A logic whose protected methods a test may call, in a lambda that it is made with.
public sealed class OpenLogic<TIn, TOut> : TimerGraphStageLogic
{
    public OpenLogic(FlowShape<TIn, TOut> shape, Action<OpenLogic<TIn, TOut>> build)
        : base(shape)
    {
        In = shape.Inlet;
        Out = shape.Outlet;
        SetHandler(In, () => Push(Out, (TOut)(object)Grab(In)!));
        SetHandler(Out, () => Pull(In));
        build(this);
    }

    public Inlet<TIn> In { get; }

    public Outlet<TOut> Out { get; }

    public Action WhenStarted { get; set; } = () => { };

    public Action WhenStopped { get; set; } = () => { };

    public Action<object> WhenFired { get; set; } = _ => { };

    public bool InAvailable => IsAvailable(In);

    public bool OutAvailable => IsAvailable(Out);

    public bool InClosed => IsClosed(In);

    public bool OutClosed => IsClosed(Out);

    public bool InPulled => HasBeenPulled(In);

    public IMaterializer Mat => Materializer;

    public IMaterializer SubMat => SubFusingMaterializer;

    public override void PreStart() => WhenStarted();

    public override void PostStop() => WhenStopped();

    public void OnIn(Action push, Action? finish = null, Action<Exception>? failure = null) =>
        SetHandler(In, push, finish, failure);

    public void OnOut(Action pull, Action<Exception>? finish = null) => SetHandler(Out, pull, finish);

    public void InHandledBy(IInHandler handler) => SetHandler(In, handler);

    public void OutHandledBy(IOutHandler handler) => SetHandler(Out, handler);

    public IInHandler InHandler() => GetHandler(In);

    public IOutHandler OutHandler() => GetHandler(Out);

    public void PullIn() => Pull(In);

    public void TryPullIn() => TryPull(In);

    public TIn GrabIn() => Grab(In);

    public void PushOut(TOut element) => Push(Out, element);

    public void CancelIn() => Cancel(In);

    public void CancelIn(Exception cause) => Cancel(In, cause);

    public void CompleteOut() => Complete(Out);

    public void FailOut(Exception cause) => Fail(Out, cause);

    public void EmitOut(TOut element) => Emit(Out, element);

    public void EmitOut(TOut element, Action andThen) => Emit(Out, element, andThen);

    public void EmitAll(IEnumerable<TOut> elements) => EmitMultiple(Out, elements);

    public void EmitAll(IEnumerable<TOut> elements, Action andThen) => EmitMultiple(Out, elements, andThen);

    public void AbortEmits() => AbortEmitting(Out);

    public void ReadIn(Action<TIn> andThen, Action onClose) => Read(In, andThen, onClose);

    public void ReadIn(int n, Action<IEnumerable<TIn>> andThen, Action<IEnumerable<TIn>> onComplete) =>
        ReadMany(In, n, andThen, onComplete);

    public void AbortReads() => AbortReading(In);

    public void KeepGoing(bool enabled) => SetKeepGoing(enabled);

    public Action<T> Callback<T>(Action<T> handler) => GetAsyncCallback(handler);

    public Action Callback(Action handler) => GetAsyncCallback(handler);

    public StageActor ActorOf(StageActorRef.Receive receive) => GetStageActor(receive);

    public void Once(object key, TimeSpan delay) => ScheduleOnce(key, delay);

    public void Repeatedly(object key, TimeSpan interval) => ScheduleRepeatedly(key, interval);

    public void CancelOf(object key) => CancelTimer(key);

    public bool IsActive(object key) => IsTimerActive(key);

    protected override void OnTimer(object timerKey) => WhenFired(timerKey);
}
