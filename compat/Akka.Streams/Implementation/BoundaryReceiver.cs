using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

// The beginning of an island: a bounded buffer, filled from another one.
internal sealed class BoundaryReceiver : GraphStageLogic
{
    private static readonly Outlet<object> Out = new("Boundary.out") { Id = 0 };

    private readonly Queue<object> _buffer = new();
    private readonly int _size;
    private readonly int _batch;
    private int _taken;
    private bool _upstreamEnded;

    public BoundaryReceiver(Attributes attributes)
        : base(0, 1)
    {
        _size = attributes.GetAttribute<Attributes.InputBuffer>().Max;
        _batch = Math.Max(1, _size / 2);
        OnElement = GetEarlyCallback<object>(Receive);
        OnCompletion = GetEarlyCallback(EndAfterBuffer);
        OnFailure = GetEarlyCallback<Exception>(FailAtOnce);
        SetHandler(Out, Send, CancelUpstream);
    }

    public BoundarySender Sender { get; set; }

    public Action<object> OnElement { get; }

    public Action OnCompletion { get; }

    public Action<Exception> OnFailure { get; }

    public override void PreStart() => Sender.OnRoom(_size);

    // Nobody is left to receive what the other side sends.
    private protected override void Aborted(Exception cause)
    {
        Sender.OnCancel(cause);
        FailAtOnce(cause);
    }

    public override string ToString() => "BoundaryReceiver";

    private void Receive(object element)
    {
        _buffer.Enqueue(element);
        if (IsAvailable(Out))
            Send();
    }

    // An element that is there goes out; room is offered again in batches.
    private void Send()
    {
        if (!_buffer.TryDequeue(out var element))
            return;
        Push(Out, element);
        if (_upstreamEnded)
        {
            if (_buffer.Count == 0)
                CompleteStage();
        }
        else if (++_taken == _batch)
        {
            _taken = 0;
            Sender.OnRoom(_batch);
        }
    }

    private void EndAfterBuffer()
    {
        _upstreamEnded = true;
        if (_buffer.Count == 0)
            CompleteStage();
    }

    private void FailAtOnce(Exception cause)
    {
        _upstreamEnded = true;
        FailStage(cause);
    }

    private void CancelUpstream(Exception cause)
    {
        Sender.OnCancel(cause);
        CompleteStage();
    }
}
