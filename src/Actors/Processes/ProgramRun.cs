using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Children;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Processes;

// One socket on its way to a child, and the child until it has ended; what is lent then goes back. The observer is
// told by whoever has the run, and not by the target, which may have stopped meanwhile.
[SuppressMessage("Design", "CA1001", Justification =
    "Somebody may want the socket back after it is gone; without a timer the source holds nothing.")]
internal sealed class ProgramRun(Offered offered, IActorRef target, ProgramTerms terms, ChildSupervisor children)
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _recalled = new();
    private Child? _child;
    private bool _isStopped;
    private volatile bool _isOver;

    // Its child has ended, or it never had one; what is to be told is told a moment later.
    public bool IsOver => _isOver;

    // Somebody wants the socket back, which is too late once a child has been given it, and ends one that it is lent
    // to; and is in the middle of something of its own.
    public void Recall() =>
        ThreadPool.UnsafeQueueUserWorkItem(static recalled => recalled.Cancel(), _recalled, preferLocal: false);

    public void Stop()
    {
        Recall();
        lock (_gate)
        {
            _isStopped = true;
            _child?.Stop(ChildStop.Stopped);
        }
    }

    public void Refuse(SocketResult why)
    {
        var reason = $"{terms.Program.Path}: {why}";
        offered.Offer.Socket.Tell(new Decline(offered.Offer, target, reason), target);
        TellFailed(why);
    }

    // Ends with the child.
    public async Task RunAsync()
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(_recalled.Token);
        late.CancelAfter(terms.QuiesceTimeout);
        var departure = new Departure(offered.Offer.Socket, new Acquire(offered.Offer, target), late.Token)
        {
            Recall = Recall, IsLoan = offered.LoanFor is not null,
        };
        var (cargo, result) = await departure.BeginAsync().ConfigureAwait(false);
        if (cargo is null)
        {
            _isOver = true;
            if (_recalled.IsCancellationRequested && result.Code is ResultCode.EETIMEDOUT) result = WantedBack;
            if (departure.IsTakenOn) TellFailed(result);
            else Refuse(result);
            return;
        }

        if (departure.IsLoan) await LendAsync(departure, cargo).ConfigureAwait(false);
        else await GiveAsync(departure, cargo).ConfigureAwait(false);
    }

    private async Task GiveAsync(Departure departure, Cargo cargo)
    {
        var started = Start(cargo.Socket);
        departure.End(cargo, isGone: started.Child is not null, started.Result);
        if (started.Child is not { } child)
        {
            _isOver = true;
            TellFailed(started.Result);
            return;
        }

        terms.Observer.Tell(new ProgramStarted(offered.Facts, child.ProcessId), target);
        var report = await child.Ended.ConfigureAwait(false);
        _isOver = true;
        terms.Observer.Tell(Told(child.ProcessId, report), target);
    }

    // inetd's wait. The socket stays its owner's until something comes, is the child's until that has ended, however
    // it does, and then comes back.
    private async Task LendAsync(Departure departure, Cargo cargo)
    {
        var started = await StartWhenReadableAsync(cargo.Socket).ConfigureAwait(false);
        if (started.Child is not { } child)
        {
            _isOver = true;
            departure.End(cargo, isGone: false, started.Result);
            TellFailed(started.Result);
            return;
        }

        terms.Observer.Tell(new ProgramStarted(offered.Facts, child.ProcessId), target);
        departure.Lend();
        ProgramEnded ended;
        await using (_recalled.Token.UnsafeRegister(
            static child => ((Child)child!).Stop(ChildStop.Stopped), child).ConfigureAwait(false))
        {
            ended = Told(child.ProcessId, await child.Ended.ConfigureAwait(false));
        }

        // It waits since the child was to have it, and a call that waits would hold up a loop.
        _ = SocketOptions.SetNonBlocking(cargo.Socket.Descriptor.Number, isOn: true);
        _isOver = true;
        var how = $"{terms.Program.Path} has ended: {How(ended)}";
        departure.End(cargo, isGone: false, new SocketResult(ResultCode.EESUCCESS, how));
        terms.Observer.Tell(ended, target);
    }

    private async Task<ChildOr> StartWhenReadableAsync(QuiescedSocket stopped)
    {
        if (Unfit(stopped.Baggage) is { } unfit) return new ChildOr(null, unfit);
        var ready = await children.ReadableAsync(stopped.Descriptor, _recalled.Token).ConfigureAwait(false);

        // Off the loop: a start takes its time.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (ready is ResultCode.EEINTR) return new ChildOr(null, WantedBack);
        if (ready is not ResultCode.EESUCCESS)
            return new ChildOr(null, new(ready, "it cannot be waited for what comes"));
        return terms.Starts.TryStart() is { } refusal ? new ChildOr(null, refusal) : Start(stopped);
    }

    private static SocketResult WantedBack => new(ResultCode.EEABORTED, "it was wanted back");

    private static string How(ProgramEnded ended) => ended switch
    {
        { ExitCode: { } code } => $"exit code {code}",
        { Signal: { } signal } => $"signal {signal}",
        _ => "nobody knows how",
    };

    private void TellFailed(SocketResult why) =>
        terms.Observer.Tell(new ProgramFailed(offered.Facts, why), target);

    private ChildOr Start(QuiescedSocket stopped)
    {
        if (Unfit(stopped.Baggage) is { } unfit) return new ChildOr(null, unfit);
        bool isStopped;
        lock (_gate) isStopped = _isStopped;
        if (isStopped || _recalled.IsCancellationRequested)
            return new ChildOr(null, WantedBack);
        try
        {
            var started = children.Start(terms.Program, DescriptorsOf(stopped));
            lock (_gate)
            {
                _child = started.Child;
                if (_isStopped) _child?.Stop(ChildStop.Stopped);
            }

            return started;
        }
        catch (Exception gone)
        {
            return new ChildOr(null, new(ResultCode.EEABORTED, gone.Message));
        }
    }

    private ChildDescriptors DescriptorsOf(QuiescedSocket stopped) =>
        offered.Facts.Kind is SocketKind.Listener && offered.LoanFor is null
            ? new ChildDescriptors.Listeners([new NamedListener(terms.ListenerName, stopped.Descriptor)])
            : new ChildDescriptors.Standard(stopped.Descriptor, offered.Facts.Remote);

    // What the system does not have of the socket a program would not have either.
    private SocketResult? Unfit(SocketBaggage baggage)
    {
        if (offered.Facts.Kind is SocketKind.Datagrams && baggage.Unread.Count + baggage.Unsent.Count > 0)
        {
            var why = $"{baggage.Unread.Count} messages are read already and {baggage.Unsent.Count} not sent yet, and "
                + "a program cannot be given them; bind with ForPrograms";
            return new(ResultCode.EEMODENOTSUPP, why);
        }

        var (unread, unsent) = (baggage.Unread.Sum(m => m.Bytes.Length), baggage.Unsent.Sum(m => m.Bytes.Length));
        if (unread > 0)
        {
            var why = $"{unread} bytes are read already, and a program cannot be given them; "
                + "listen with ReadsWhenAcquired, and release it before it is read";
            return new(ResultCode.EEMODENOTSUPP, why);
        }

        if (unsent > 0)
        {
            var why = $"{unsent} bytes are not sent yet, and a program cannot be given them; "
                + "release it after they are";
            return new(ResultCode.EEMODENOTSUPP, why);
        }

        return (baggage.Ends & (SocketEnds.Output | SocketEnds.Shut)) == 0
            ? null
            : new(ResultCode.EEMODENOTSUPP, "a side of it is shut down, and a program would not know");
    }

    private ProgramEnded Told(int process, ChildReport report) => new(
        offered.Facts,
        process,
        (report.End as ChildEnd.Exited)?.Code,
        (report.End as ChildEnd.Signalled)?.Signal,
        report.Stop switch
        {
            ChildStop.TimedOut => ProgramStop.TimedOut,
            ChildStop.Stopped => ProgramStop.Stopped,
            ChildStop.Unwatched => ProgramStop.Unwatched,
            _ => ProgramStop.None,
        },
        report.Ran);
}
