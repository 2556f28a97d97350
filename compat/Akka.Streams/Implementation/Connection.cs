using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

// From one stage's out port to another's in port. What one side does is an event for the other, which the interpreter
// delivers; a connection waits for its turn at most once.
internal sealed class Connection(Interpreter interpreter, OutEnd producer, InEnd consumer)
{
    private static readonly object Nothing = new();

    private Transfer _transfer;
    private Ending _ending;
    private object _element = Nothing;
    private Exception _cause;
    private bool _isQueued;

    public bool IsClosedForProducer => _ending is not (Ending.Open or Ending.Cancelled);

    public bool IsClosedForConsumer => _ending is Ending.Cancelled or Ending.Closed;

    public bool CanPush => _transfer == Transfer.Wanted && !IsClosedForProducer;

    public bool IsPulled => _transfer != Transfer.Idle && !IsClosedForConsumer;

    public bool HasElement => _transfer == Transfer.Idle && !ReferenceEquals(_element, Nothing);

    public void Pull()
    {
        if (IsClosedForConsumer)
            throw new ArgumentException("Cannot pull a closed port");
        if (_transfer != Transfer.Idle)
            throw new ArgumentException("Cannot pull port twice");
        _element = Nothing;
        _transfer = Transfer.Pulled;
        if (_ending == Ending.Open)
            Enqueue();
    }

    public void Push(object element)
    {
        if (element is null)
            throw new ArgumentNullException(nameof(element), "Element must not be null, rule 2.13");
        if (IsClosedForProducer)
            throw new ArgumentException("Cannot push closed port");
        if (_transfer != Transfer.Wanted)
            throw new ArgumentException("Cannot push port twice, or before it being pulled");
        _transfer = Transfer.Pushed;
        if (_ending == Ending.Cancelled)
            return;
        _element = element;
        Enqueue();
    }

    public object Grab()
    {
        if (!HasElement)
            throw new ArgumentException("Cannot get element from already empty input port");
        var element = _element;
        _element = Nothing;
        return element;
    }

    public void Complete() => EndByProducer(Ending.Completed, null);

    public void Fail(Exception cause) => EndByProducer(Ending.Failed, cause);

    public void Cancel(Exception cause)
    {
        if (IsClosedForConsumer)
            return;
        _element = Nothing;
        consumer.Logic.PortClosed();
        if (_ending != Ending.Open)
        {
            _ending = Ending.Closed;
            return;
        }

        _ending = Ending.Cancelled;
        _cause = cause;
        Enqueue();
    }

    // The stage that the next event is for.
    public GraphStageLogic Next() => (_ending, _transfer) switch
    {
        (Ending.Closed, _) => null,
        (Ending.Cancelled, _) => producer.Logic,
        (Ending.Open, Transfer.Pulled) => producer.Logic,
        (Ending.Open, Transfer.Pushed) => consumer.Logic,
        (Ending.Open, _) => null,
        _ => consumer.Logic,
    };

    public void Dequeued() => _isQueued = false;

    // A pushed element goes before the end.
    public void Deliver()
    {
        switch (_ending, _transfer)
        {
            case (Ending.Open, Transfer.Pulled):
                _transfer = Transfer.Wanted;
                producer.Logic.OutHandlers[producer.Port].OnPull();
                break;
            case (not Ending.Cancelled, Transfer.Pushed):
                _transfer = Transfer.Idle;
                if (_ending != Ending.Open)
                    Enqueue();
                consumer.Logic.InHandlers[consumer.Port].OnPush();
                break;
            case (Ending.Cancelled, _):
                _ending = Ending.Closed;
                producer.Logic.PortClosed();
                producer.Logic.OutHandlers[producer.Port].OnDownstreamFinish(_cause);
                break;
            case (Ending.Completed, _):
                CloseForConsumer();
                consumer.Logic.InHandlers[consumer.Port].OnUpstreamFinish();
                break;
            case (Ending.Failed, _):
                CloseForConsumer();
                consumer.Logic.InHandlers[consumer.Port].OnUpstreamFailure(_cause);
                break;
        }
    }

    private void CloseForConsumer()
    {
        _ending = Ending.Closed;
        _transfer = Transfer.Idle;
        consumer.Logic.PortClosed();
    }

    private void EndByProducer(Ending ending, Exception cause)
    {
        if (IsClosedForProducer)
            return;
        producer.Logic.PortClosed();
        if (_ending == Ending.Cancelled)
        {
            _ending = Ending.Closed;
            return;
        }

        _ending = ending;
        _cause = cause;
        Enqueue();
    }

    private void Enqueue()
    {
        if (_isQueued)
            return;
        _isQueued = true;
        interpreter.Enqueue(this);
    }
}
