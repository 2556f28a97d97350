using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Processes;

// Another process as a target for many sockets at once: they wait here until they are sent, all or none.
internal sealed class BatchActor(
    PeerRoute route, AttachmentCodec attachments, int most, TimeSpan within, Batch batch) : UntypedActor, IWithTimers
{
    public ITimerScheduler Timers { get; set; } = null!;

    private static TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    public static Props Props(PeerRoute route, AttachmentCodec attachments, int most, TimeSpan within)
    {
        var batch = new Batch();
        return Akka.Actor.Props.Create(() => new BatchActor(route, attachments, most, within, batch));
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Offered offered: OnOffered(offered); break;
            case Withdrawn withdrawn: batch.Withdraw(withdrawn.Offer); break;
            case SendBatch send: OnSend(send); break;
            case Late: OnLate(); break;
            case Sent sent: OnSent(sent); break;

            // A Decline that came too late: the offer had another outcome.
            case Refused { Command: Decline }: break;
            default: Unhandled(message); break;
        }
    }

    // A move is not its actor's: it goes on, and ends, without it; a restarted one still knows it.
    protected override void PreRestart(Exception reason, object message)
    {
    }

    protected override void PostRestart(Exception reason)
    {
        if (batch.Wanted > 0) StartTimer();
    }

    protected override void PostStop()
    {
        batch.Sending?.Revoke();
        route.Dispose();
        base.PostStop();
    }

    private void OnOffered(Offered offered)
    {
        // Told twice, or by nobody.
        if (offered.Offer is not { } offer || batch.Has(offer)) return;
        batch.Forget(Now);
        var (parcel, result) = batch.Count < most
            ? Packing.Of(offered, Self, attachments)
            : (null, new SocketResult(ResultCode.EEQUOTA, $"{most} wait; handoff.handles.max-sockets"));
        if (parcel is null) offer.Socket.Tell(new Decline(offer, Self, $"to {route}: {result}"), Self);
        else batch.Add(offer, parcel, Now + offered.Within);
        SendIfComplete();
    }

    private void OnSend(SendBatch send)
    {
        if (batch.Wanted > 0 || batch.Sending is not null)
        {
            Tell(Sender, 0, new SocketResult(ResultCode.EEBUSY, "SendBatch: a batch is under way"));
        }
        else if (send.Sockets < 1)
        {
            Tell(Sender, 0, new SocketResult(ResultCode.EEBADDATA, $"SendBatch of {send.Sockets} sockets"));
        }
        else
        {
            (batch.Asker, batch.Wanted) = (Sender, send.Sockets);
            batch.Forget(Now);
            StartTimer();
            SendIfComplete();
        }
    }

    private void StartTimer() => Timers.StartSingleTimer(nameof(Late), Late.Instance, within);

    private void OnLate()
    {
        var why = $"SendBatch: {batch.Count} of {batch.Wanted} sockets were offered within {within}";
        batch.Wanted = 0;
        Tell(batch.Asker, batch.Count, new SocketResult(ResultCode.EETIMEDOUT, why));
    }

    private void SendIfComplete()
    {
        if (batch.Wanted == 0 || batch.Count < batch.Wanted) return;
        Timers.CancelAll();
        var consignment = batch.Send(route.Service);
        route.CarryAsync(consignment).PipeTo(
            Self,
            success: moved => new Sent(moved.Why),
            failure: gone => new Sent(new SocketResult(ResultCode.EEABORTED, gone.Message)));
    }

    private void OnSent(Sent sent)
    {
        var count = batch.Sending!.Facts.Count;
        batch.Sending = null;
        Tell(batch.Asker, count, sent.Result);
    }

    private void Tell(IActorRef asker, int sockets, SocketResult result) =>
        asker.Tell(new BatchSent(sockets, result), Self);

    private sealed record Sent(SocketResult Result);

    private sealed record Late
    {
        public static Late Instance { get; } = new();
    }
}
