using Akka.Event;
using Akka.Pattern;
using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

// What a stage does in one materialization. Its handlers, callbacks and timers run one at a time; none of its methods
// may be called from elsewhere.
public abstract partial class GraphStageLogic : IStageLogging
{
    public static readonly Action DoNothing = () => { };

    public static readonly InHandler EagerTerminateInput = Stage.EagerTerminateInput.Instance;

    public static readonly InHandler IgnoreTerminateInput = Stage.IgnoreTerminateInput.Instance;

    public static readonly InHandler TotallyIgnorantInput = Stage.TotallyIgnorantInput.Instance;

    public static readonly OutHandler EagerTerminateOutput = Stage.EagerTerminateOutput.Instance;

    public static readonly OutHandler IgnoreTerminateOutput = Stage.IgnoreTerminateOutput.Instance;

    public readonly int InCount;
    public readonly int OutCount;

    private Interpreter _interpreter;
    private ActorMaterializerImpl _materializer;
    private ILoggingAdapter _log;
    private int _openPorts;
    private bool _keepGoing;

    protected GraphStageLogic(int inCount, int outCount)
    {
        InCount = inCount;
        OutCount = outCount;
        _openPorts = inCount + outCount;
        InHandlers = new IInHandler[inCount];
        OutHandlers = new IOutHandler[outCount];
        InConnections = new Connection[inCount];
        OutConnections = new Connection[outCount];
    }

    protected GraphStageLogic(Shape shape)
        : this(shape.Inlets.Length, shape.Outlets.Length)
    {
    }

    public ILoggingAdapter Log => _log ??= MaterializerImpl.MakeLogger(LogSource);

    public virtual bool KeepGoingAfterAllPortsClosed => false;

    protected virtual object LogSource => this;

    protected IMaterializer Materializer => MaterializerImpl;

    // Runs what it materializes in the actor of this stage.
    protected IMaterializer SubFusingMaterializer => new SubFusingMaterializer(MaterializerImpl, Interpreter);

    internal Attributes Attributes { get; private set; }

    internal object Origin { get; private set; }

    internal bool IsFinished { get; private set; }

    internal bool MayFinish => !IsFinished && _openPorts == 0 && !_keepGoing && !KeepGoingAfterAllPortsClosed;

    internal IInHandler[] InHandlers { get; }

    internal IOutHandler[] OutHandlers { get; }

    internal Connection[] InConnections { get; }

    internal Connection[] OutConnections { get; }

    internal Interpreter Interpreter => _interpreter ?? throw new IllegalStateException(
        "Not yet initialized: only SetHandler is allowed in the constructor of a GraphStageLogic");

    private protected ActorMaterializerImpl MaterializerImpl => _materializer ?? throw new IllegalStateException(
        "Not yet initialized: the materializer is at hand from PreStart on");

    public static InHandler ConditionalTerminateInput(Func<bool> predicate) =>
        new ConditionalTerminateInput(predicate);

    public static OutHandler ConditionalTerminateOutput(Func<bool> predicate) =>
        new ConditionalTerminateOutput(predicate);

    public virtual void PreStart()
    {
    }

    public virtual void PostStop()
    {
    }

    protected virtual void BeforePreStart()
    {
    }

    protected virtual void AfterPostStop()
    {
        _stageActor?.Stop();
        _stageActor = null;
    }

    // The actor stops. What is fed from outside of it fails, and who is behind it is told by that.
    private protected virtual void Aborted(Exception cause)
    {
    }

    // Keeps the stage, and its timers and callbacks, when all of its ports are closed.
    protected void SetKeepGoing(bool enabled) => _keepGoing = enabled;

    internal void Attach(
        Interpreter interpreter, ActorMaterializerImpl materializer, object origin, Attributes attributes)
    {
        if (_interpreter != null)
            throw new IllegalStateException("A stage must make a new logic for each materialization");
        _interpreter = interpreter;
        _materializer = materializer;
        Origin = origin;
        Attributes = attributes;
    }

    internal void Start()
    {
        BeforePreStart();
        PreStart();
    }

    internal void Finish()
    {
        IsFinished = true;
        try
        {
            PostStop();
        }
        finally
        {
            AfterPostStop();
        }
    }

    internal void Abort(Exception cause) => Aborted(cause);

    internal void PortClosed() => _openPorts--;
}
