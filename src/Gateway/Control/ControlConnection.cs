using Akka.Actor;
using Akka.Event;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Gateway.Control;

// One who controls the gateway: lines that come are the listener's, and what the listener says is sent. Only processes
// of our own user are heard, as the kernel tells.
internal sealed class ControlConnection : ReceiveActor, IWithTimers
{
    private const int MostUnsent = 256;
    private const int Outstanding = 4;

    private static readonly TimeSpan FirstLineTimeout = TimeSpan.FromSeconds(30);

    private readonly IActorRef _listener;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly LineBuffer _lines = new();
    private readonly Queue<byte[]> _unsent = [];
    private Write? _sending;
    private bool _isDialled;
    private bool _isEnding;

    public ControlConnection(IActorRef listener)
    {
        _listener = listener;
        Receive<Offered>(offered => offered.Offer.Socket.Tell(
            new Acquire(offered.Offer, Self) { Reading = Reading.Active(Outstanding) }));
        Receive<Dial>(dial =>
        {
            _isDialled = true;
            dial.Sockets.Tell(new Connect(dial.To, Self) { Reading = Reading.Active(Outstanding) });
        });
        Receive<Acquired>(OnAcquired);
        Receive<Refused>(refused => OnOver($"{refused.Result}"));
        Receive<Terminated>(_ => OnOver("it was gone"));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(IActorRef listener) => Akka.Actor.Props.Create(() => new ControlConnection(listener));

    private void OnAcquired(Acquired socket)
    {
        Context.Watch(socket.Handle.Socket);
        var verdict = PeerRule.SameUser.Judge(socket.Facts.PeerCredentials);
        if (!verdict.IsSuccess)
        {
            _log.Warning("control: {0}", verdict.Reason);
            OnOver($"{verdict}");
            return;
        }

        _listener.Tell(Reached.Instance);

        // Of those who come. Whom we have called is waited for as long as who uses the line likes.
        if (!_isDialled) Timers.StartSingleTimer(nameof(Overdue), Overdue.Instance, FirstLineTimeout);
        Become(() =>
        {
            Receive<Received>(received => OnReceived(socket, received));
            Receive<Say>(say => OnSay(socket.Handle, say));
            Receive<Written>(_ => OnWritten(socket.Handle));
            Receive<PeerFinished>(_ => { });
            Receive<Overdue>(_ => Close(socket.Handle));
            Receive<Refused>(_ => { });
            Receive<Closed>(closed => OnOver($"{closed.Result}"));
            Receive<Terminated>(_ => OnOver("its socket stopped"));
        });
    }

    private void OnReceived(Acquired socket, Received received)
    {
        socket.Handle.Socket.Tell(new Consumed(socket.Handle, received.End));
        if (_isEnding) return;
        Timers.Cancel(nameof(Overdue));
        var lines = _lines.Add(received.Bytes.Span)?.Select(line => ControlLine.Decode(line)).ToList();
        if (lines is null || lines.Contains(null))
        {
            OnSay(socket.Handle, Say.Last(ControlLine.Failed, "that is no line of a control connection"));
            return;
        }

        foreach (var words in lines) _listener.Tell(new Said(words!, socket.Facts.PeerCredentials!));
    }

    // Who reads nothing is not waited for.
    private void OnSay(SocketHandle handle, Say say)
    {
        if (_isEnding) return;
        _isEnding = say.IsLast || _unsent.Count == MostUnsent;
        if (_unsent.Count == MostUnsent)
        {
            _unsent.Clear();
            Close(handle);
            return;
        }

        _unsent.Enqueue(ControlLine.Encode(say.Words));
        if (_sending is null) OnWritten(handle);
    }

    private void OnWritten(SocketHandle handle)
    {
        _sending = _unsent.TryDequeue(out var line) ? new Write(handle, line) : null;
        if (_sending is not null) handle.Socket.Tell(_sending);
        else if (_isEnding) Close(handle);
    }

    private static void Close(SocketHandle handle) => handle.Socket.Tell(new Close(handle));

    private void OnOver(string why)
    {
        _listener.Tell(new HungUp(why));
        Context.Stop(Self);
    }

    private sealed record Overdue
    {
        public static Overdue Instance { get; } = new();
    }
}
