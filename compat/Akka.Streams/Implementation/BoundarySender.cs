using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

// The end of an island towards another one: sends as many elements as the other side has room for.
internal sealed class BoundarySender : GraphStageLogic
{
    private static readonly Inlet<object> In = new("Boundary.in") { Id = 0 };

    private long _room;

    public BoundarySender(Attributes attributes)
        : base(1, 0)
    {
        OnRoom = GetEarlyCallback<int>(AddRoom);
        OnCancel = GetEarlyCallback<Exception>(cause => Cancel(In, cause));
        SetHandler(In, SendElement, SendCompletion, SendFailure);
    }

    public BoundaryReceiver Receiver { get; set; }

    public Action<int> OnRoom { get; }

    public Action<Exception> OnCancel { get; }

    // The island's actor went down before the stream ended.
    public override void PostStop()
    {
        if (!IsClosed(In))
            Receiver.OnFailure(new AbruptTerminationException(Interpreter.Host.Actor));
    }

    public override string ToString() => "BoundarySender";

    private void AddRoom(int room)
    {
        _room += room;
        PullIfRoom();
    }

    private void PullIfRoom()
    {
        if (_room > 0 && !HasBeenPulled(In) && !IsClosed(In))
            Pull(In);
    }

    private void SendElement()
    {
        _room--;
        Receiver.OnElement(Grab(In));
        PullIfRoom();
    }

    private void SendCompletion()
    {
        Receiver.OnCompletion();
        CompleteStage();
    }

    private void SendFailure(Exception cause)
    {
        Receiver.OnFailure(cause);
        FailStage(cause);
    }
}
