using System.Text;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.TestKit.Parties;

// Somebody in a story: an owner, a target, an heir, a stranger. What it was told, what it holds, and how it answers;
// outlives the incarnations of its actor. Used on the thread of the run only.
internal sealed class Party(string name, IStage stage)
{
    private readonly Dictionary<long, Holding> _holdings = [];
    private readonly List<object> _told = [];
    private readonly List<(long Socket, ResultCode Code)> _refused = [];

    public string Name => name;

    public IStage Stage => stage;

    // The test's own actor, of which only its ref and its sockets are known.
    public bool IsForeign { get; init; }

    public IActorRef Ref { get; set; } = ActorRefs.Nobody;

    public Answer Answer { get; set; } = new Answer.Nothing();

    public bool Reattaches { get; set; }

    // Messages are consumed as they come.
    public bool Consumes { get; set; } = true;

    public bool IsAlive { get; private set; } = true;

    public IReadOnlyList<object> AllTold => _told;

    public bool HasOpen => _holdings.Values.Any(holding => holding.Open is not null);

    public static Props Props(Party party) => Akka.Actor.Props.Create(() => new PartyActor(party));

    public Holding Of(string socket) => Of(stage.IdOf(socket));

    public Holding Of(long socket)
    {
        if (_holdings.TryGetValue(socket, out var known)) return known;
        return _holdings[socket] = new Holding();
    }

    public IEnumerable<object> ToldOf(string socket) =>
        _told.Where(message => Checks.Watch.SocketOf(message) is { } id && stage.LabelOf(id) == socket);

    public IEnumerable<ResultCode> RefusedOf(string socket) =>
        _refused.Where(refused => stage.LabelOf(refused.Socket) == socket).Select(refused => refused.Code);

    public void Copy(Party other)
    {
        foreach (var (socket, theirs) in other._holdings)
        {
            var ours = Of(socket);
            ours.Handle = theirs.Handle ?? ours.Handle;
            if (theirs.Offered?.Offer.Number > (ours.Offered?.Offer.Number ?? 0)) ours.Offered = theirs.Offered;
            ours.Release = theirs.Release ?? ours.Release;
        }
    }

    public void Send(IActorRef to, object command, IActorRef self)
    {
        if (command is Release release)
        {
            var holding = Of(release.Handle.Id);
            holding.Release = release;
            holding.IsReleasing = true;
        }

        stage.Sends(this, command);
        stage.Watch.Sends(self, command);
        to.Tell(command, self);
    }

    public void WasRefused(long socket, ResultCode code) => _refused.Add((socket, code));

    public void OnCrashed(Exception reason)
    {
        stage.Note($"{name} crashes: {reason.Message}");
        foreach (var holding in _holdings.Values) Forget(holding);
    }

    public void OnStopped()
    {
        IsAlive = false;
        stage.Note($"{name} stops");
    }

    public void OnTold(object message, IActorContext context)
    {
        _told.Add(message);
        stage.Told(this, message);
        stage.Watch.Told(Ref, message);
        if (Checks.Watch.SocketOf(message) is { } id) React(message, Of(id), context);
    }

    private void React(object message, Holding holding, IActorContext context)
    {
        switch (message)
        {
            case Offered offered:
                holding.Offered = offered;
                Reply(offered, context);
                break;
            case Acquired acquired:
                holding.Handle = acquired.Handle;
                holding.Lease = acquired.Lease;
                holding.Messages = acquired.Messages;
                holding.Open = null;
                Forget(holding);
                if (Answer is Answer.Acquire { ReleaseTo: { } next } && next != this)
                    Send(acquired.Handle.Socket, new Release(acquired.Handle, next.Ref), Ref);
                break;
            case Listening listening: holding.Handle = listening.Handle; break;
            case Leased leased: holding.Lease = leased.Lease; break;
            case MessagesLeased leased: holding.Messages = leased.Messages; break;
            case Received received: OnReceived(received, holding); break;
            case ReceivedFrom received: OnReceived(received, holding); break;
            case Released released: OnOutcome(released.Release, holding); break;
            case ReleaseFailed failed: OnOutcome(failed.Release, holding); break;
            case Refused refused: OnRefused(refused, holding); break;
        }
    }

    private void Reply(Offered offered, IActorContext context)
    {
        var socket = offered.Offer.Socket;
        switch (Answer)
        {
            case Answer.Acquire acquire:
                Send(
                    socket,
                    new Acquire(offered.Offer, Ref) { Reading = acquire.Reading, Heir = acquire.Heir?.Ref },
                    Ref);
                break;
            case Answer.Decline decline: Send(socket, new Decline(offered.Offer, Ref, decline.Reason), Ref); break;
            case Answer.Throw: throw new CrashException($"{name} throws at its offer");
            case Answer.Stop: context.Stop(context.Self); break;
            case Answer.Forward forward:
                // Whoever passes an offer on has nothing to hear of it any more.
                stage.Watch.Outcomes.PassesOn(Ref, offered.Offer);
                forward.To.Ref.Forward(offered);
                break;
        }
    }

    private void OnReceived(Received received, Holding holding)
    {
        // Of an epoch that is over, or while the outcome of a release is awaited.
        if (received.Handle != holding.Handle) return;
        holding.Waiting.Add(received);
        if (Consumes && !holding.IsReleasing) Consume(holding, received.End);
    }

    private void OnReceived(ReceivedFrom received, Holding holding)
    {
        if (received.Handle != holding.Handle) return;
        stage.Watch.MessagesOf(received.Handle.Id)?.Reads(
            received.Position, stage.SenderAt(received.Facts.Address), received.Bytes.Span);
        holding.WaitingMessages.Add(received);
        if (Consumes && !holding.IsReleasing) ConsumeMessages(holding, received.End);
    }

    // What was delivered and not consumed is another's now, or comes again; and so is what was pushed back.
    private static void OnOutcome(Release release, Holding holding)
    {
        holding.IsReleasing = false;
        Forget(holding);
        holding.TakeBack(release.PushBack.Length);
    }

    private static void Forget(Holding holding)
    {
        holding.Waiting.Clear();
        holding.WaitingMessages.Clear();
    }

    private void OnRefused(Refused refused, Holding holding)
    {
        WasRefused(Checks.Watch.SocketOf(refused)!.Value, refused.Result.Code);
        if (refused.Command is not Release release || release != holding.Release) return;
        holding.IsReleasing = false;
        if (!Consumes) return;
        if (holding.Waiting is [.., var last]) Consume(holding, last.End);
        if (holding.WaitingMessages is [.., var message]) ConsumeMessages(holding, message.End);
    }

    public void ConsumeMessages(Holding holding, long position)
    {
        var consumed = holding.WaitingMessages.TakeWhile(received => received.Position < position).ToList();
        holding.WaitingMessages.RemoveRange(0, consumed.Count);
        holding.MessagesRead.AddRange(consumed.Select(received =>
            (stage.SenderAt(received.Facts.Address), Encoding.UTF8.GetString(received.Bytes.Span))));
        Send(holding.Handle!.Socket, new Consumed(holding.Handle, position), Ref);
    }

    // What is consumed has been read, as far as the story asks.
    public void Consume(Holding holding, long position)
    {
        foreach (var received in holding.Waiting.TakeWhile(received => received.Position < position))
        {
            var length = (int)(Math.Min(received.End, position) - received.Position);
            holding.AddRead(received.Bytes.Span[..length]);
        }

        holding.Waiting.RemoveAll(received => received.End <= position);
        if (holding.Waiting is [var first, ..] && first.Position < position)
        {
            var rest = first.Bytes[(int)(position - first.Position)..];
            holding.Waiting[0] = new Received(first.Handle, position, rest);
        }

        Send(holding.Handle!.Socket, new Consumed(holding.Handle, position), Ref);
    }
}
