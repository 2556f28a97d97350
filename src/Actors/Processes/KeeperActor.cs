using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Event;
using Handoff.Configuration;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Processes;

// Has sockets of this process kept, and takes up what an earlier one had kept. What is asked of the keeper is asked
// one after the other, in the order in which it came: so a move is bound after the deposit that it is about.
[SuppressMessage("Design", "CA1001", Justification = "The link is closed when the actor has stopped.")]
internal sealed partial class KeeperActor : UntypedActor, IWithTimers
{
    private readonly HandoffSettings _settings;
    private readonly Landings? _landings;
    private readonly AttachmentCodec _attachments;
    private readonly KeeperLink? _keeper;
    private readonly StoreLink? _store;
    private readonly Inherited _inherited;
    private readonly Dictionary<IActorRef, ulong> _kept = [];

    // Kept by a connection that was lost: whether the keeper has them still is not known.
    private readonly HashSet<IActorRef> _doubtful = [];
    private readonly Queue<Func<Task<Action>>> _waiting = new();
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IDepository? _link;
    private ulong _numbers;
    private bool _isAsking;

    public KeeperActor(
        LinuxEngine? engine,
        HandoffSettings settings,
        Landings? landings,
        AttachmentCodec attachments,
        (Inherited Inherited, StoreLink? Store) manager)
    {
        (_settings, _landings, _attachments) = (settings, landings, attachments);
        (_inherited, _store) = manager;
        if (engine is not null) _keeper = new KeeperLink(engine, settings.Keeping);
        _link = settings.Keeping.IsManagers ? _store : _keeper;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private SocketResult? Unable => _link is null
        ? new(ResultCode.EEMODENOTSUPP, "only sockets of the Linux engine are kept")
        : null;

    private SocketResult? Full => _waiting.Count < _settings.Keeping.MaxWaiting
        ? null
        : new(ResultCode.EEQUOTA, $"{_waiting.Count} questions wait for the keeper; handoff.keeper.max-waiting");

    // What was inherited, and what is in the manager's store, outlives a crash.
    public static Props Props(
        LinuxEngine? engine,
        HandoffSettings settings,
        Landings? landings,
        AttachmentCodec attachments,
        SocketCounts ids)
    {
        var inherited = new Inherited(ids);
        var store = engine is null ? null : new StoreLink(engine, settings.Handles.Options, inherited);
        var manager = (inherited, store);
        return Akka.Actor.Props.Create(() => new KeeperActor(engine, settings, landings, attachments, manager));
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Keeping.Ask ask: OnKeep(ask); break;
            case Keeping.Withdraw withdraw: Withdraw(withdraw.Socket); break;
            case Terminated dead: Withdraw(dead.ActorRef); break;
            case Keeping.Bind bind: OnBind(bind); break;
            case Keeping.Unbind unbind: OnUnbind(unbind); break;
            case OpenKeeper open: OnOpen(open); break;
            case AdoptKept adopt: OnAdopt(adopt); break;
            case KeptArrivals.Answered answered: OnAnswered(answered); break;
            case Keeping.Left left: OnLeft(left); break;
            case GetInherited query: OnGetInherited(query); break;
            case AdoptInherited adopt: OnAdoptInherited(adopt); break;
            case InheritedArrivals.Answered answered: answered.Of.On(answered, Self); break;
            case Check: OnCheck(); break;
            case Answer answer: OnAnswer(answer); break;
            case Status.Failure failed: OnFailure(failed.Cause); break;
            default: Unhandled(message); break;
        }
    }

    // The next incarnation knows of nothing that is kept.
    protected override void PreRestart(Exception reason, object message)
    {
        if (_link is not null) Lose();
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        // A question that is open fails then.
        _keeper?.Dispose();
        _store?.Dispose();
        base.PostStop();
    }

    private void OnKeep(Keeping.Ask ask)
    {
        var (command, socket) = (ask.Command, ask.Socket);
        Transport.Handles.Frames.SocketAttachment? attachment = null;
        var refusal = Unable ?? Full ?? ServiceName.Unfit(command.Key);
        if (refusal is null && _kept.ContainsKey(socket))
            refusal = new(ResultCode.EEALREADY, "Keep: the socket is kept already");
        if (refusal is null && command.Attachment is { } along)
        {
            (attachment, var encoded) = _attachments.TryEncode(along);
            if (attachment is null) refusal = encoded;
        }

        if (refusal is not null)
        {
            ask.Copy.Dispose();
            ask.Asker.Tell(Refusals.Of(socket, Hearer.MayHear(ask.Asker, command), refusal), socket);
            return;
        }

        var id = ++_numbers;
        _kept.Add(socket, id);
        Context.Watch(socket);
        _left.Remove(socket, out var stored);
        Question(async link =>
        {
            using var copy = ask.Copy;
            var facts = WireFacts.Of(ask.Facts with { Unread = 0, Unsent = 0 }, attachment);
            var result = await link.DepositAsync(id, command.Key, facts, copy, stored).ConfigureAwait(false);
            return () => OnDeposited(ask, id, result);
        });
    }

    private void OnDeposited(Keeping.Ask ask, ulong id, SocketResult result)
    {
        if (result.IsSuccess)
        {
            ask.Asker.Tell(new Confirmed(Hearer.MayHear(ask.Asker, ask.Command)), ask.Socket);
            if (!Timers.IsTimerActive(nameof(Check)))
                Timers.StartPeriodicTimer(nameof(Check), Check.Instance, _settings.Keeping.CheckInterval);
            return;
        }

        if (_kept.GetValueOrDefault(ask.Socket) == id)
        {
            if (_link!.IsLost) _doubtful.Add(ask.Socket);
            else Context.Unwatch(ask.Socket);
            _kept.Remove(ask.Socket);
        }

        ask.Asker.Tell(Refusals.Of(ask.Socket, Hearer.MayHear(ask.Asker, ask.Command), result), ask.Socket);
    }

    private void Withdraw(IActorRef socket)
    {
        _doubtful.Remove(socket);
        ForgetLeft(socket);
        if (!_kept.TryGetValue(socket, out var id)) return;
        Context.Unwatch(socket);
        _kept.Remove(socket);
        Question(async link =>
        {
            await link.WithdrawAsync(id).ConfigureAwait(false);
            return () => { };
        });
    }

    private void OnBind(Keeping.Bind bind)
    {
        var asker = Sender;
        ForgetLeft(bind.Socket);
        Question(async link =>
        {
            var result = SocketResult.Success;
            if (_kept.TryGetValue(bind.Socket, out var id))
                result = await link.UpdateAsync(id, bind.Baggage, bind.Token).ConfigureAwait(false);
            else if (_doubtful.Count > 0 && _doubtful.Contains(bind.Socket))
                result = await ClearAsync(link).ConfigureAwait(false);
            return () => asker.Tell(result, Self);
        });
    }

    // A keeper that is connected again has dropped what it had; one that nobody hears has ended.
    private static async Task<SocketResult> ClearAsync(IDepository link)
    {
        var result = await link.ConnectAsync().ConfigureAwait(false);
        return result.Code is ResultCode.EECONNREFUSED ? SocketResult.Success : result;
    }

    private void OnUnbind(Keeping.Unbind unbind) => Question(async link =>
    {
        if (!_kept.TryGetValue(unbind.Socket, out var id)) return () => { };
        var result = await link.UpdateAsync(id).ConfigureAwait(false);
        return () => OnUnbound(unbind.Socket, result);
    });

    // Nobody would have it after a crash.
    private void OnUnbound(IActorRef socket, SocketResult result)
    {
        if (result.IsSuccess || _link!.IsLost) return;
        Withdraw(socket);
        socket.Tell(new Notice.KeepingLost(result), Self);
    }

    private void OnCheck()
    {
        if (_kept.Count == 0) Timers.Cancel(nameof(Check));
        if (_kept.Count == 0 || _isAsking) return;
        Question(async link =>
        {
            await link.CheckAsync().ConfigureAwait(false);
            return () => { };
        });
    }

    // Of whoever keeps sockets when its turn comes, which is its own until its answer.
    private void Question(Func<IDepository, Task<Action>> question)
    {
        if (_link is null) return;
        _waiting.Enqueue(() => question(_link));
        Next();
    }

    private void Next()
    {
        if (_isAsking || !_waiting.TryDequeue(out var question)) return;
        _isAsking = true;
        question().PipeTo(Self, success: then => new Answer(then));
    }

    private void OnAnswer(Answer answer)
    {
        _isAsking = false;
        answer.Then();
        if (_link!.IsLost) Lose();
        else if (_doubtful.Count > 0 && _link.IsConnected) _doubtful.Clear();
        Next();
    }

    private void OnFailure(Exception why)
    {
        _log.Error(why, "a question to the keeper failed");
        _isAsking = false;
        Lose();
        Next();
    }

    private void Lose()
    {
        var why = new SocketResult(ResultCode.EENOTCONN, $"{_link!.Place} is lost");
        _log.Warning("{0}: {1} sockets are not kept any more", why.Reason, _kept.Count);
        _link.Drop();
        foreach (var socket in _kept.Keys.ToArray())
        {
            _kept.Remove(socket);
            _doubtful.Add(socket);
            socket.Tell(new Notice.KeepingLost(why), Self);
        }
    }

    private sealed record Answer(Action Then);

    private sealed record Check
    {
        public static Check Instance { get; } = new();
    }
}
