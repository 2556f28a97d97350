using Akka.Actor;
using Akka.Event;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

internal sealed class IslandActor(IslandHost host) : ActorBase
{
    // What came for an island that does not run yet: its stages are already in the hands of others.
    private readonly Dictionary<Interpreter, List<Input>> _early = [];

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Input { Interpreter.HasBegun: false } early:
                EarlyFor(early.Interpreter).Add(early);
                return true;
            case Input input:
                input.Interpreter.Handle(input);
                Go(input.Interpreter);
                return true;
            case Begin begin:
                Start(begin.Interpreter);
                return true;
            case GoOn goOn:
                Go(goOn.Interpreter);
                return true;
            default:
                return false;
        }
    }

    protected override void PostStop()
    {
        foreach (var interpreter in host.End())
            interpreter.Abort();
    }

    private List<Input> EarlyFor(Interpreter interpreter) =>
        _early.TryGetValue(interpreter, out var inputs) ? inputs : _early[interpreter] = [];

    private void Start(Interpreter interpreter)
    {
        interpreter.Begin();
        if (_early.Remove(interpreter, out var early))
        {
            foreach (var input in early)
                interpreter.Handle(input);
        }

        Go(interpreter);
    }

    private void Go(Interpreter interpreter)
    {
        if (interpreter.Run())
        {
            Self.Tell(new GoOn(interpreter), ActorRefs.NoSender);
            return;
        }

        if (!interpreter.IsDone)
            return;
        host.Remove(interpreter);
        if (host.IsEmpty)
            Context.Stop(Self);
    }

    internal sealed record Begin(Interpreter Interpreter) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    internal sealed record GoOn(Interpreter Interpreter) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    // What reaches a stage from outside: its handler is to be called with the argument.
    internal sealed record Input(
        Interpreter Interpreter, GraphStageLogic Logic, Action<object> Handler, object Argument)
        : INoSerializationVerificationNeeded, IDeadLetterSuppression;
}
