using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Actors.Tests.Crashes;

// Sends back what it receives, by messages, and consumes it once it was accepted.
internal sealed class MessageOwner : ReceiveActor
{
    private readonly CrashPlan _plan;
    private readonly Queue<(Write Write, long End, CrashPoint Crash)> _writing = [];
    private SocketHandle? _handle;

    public MessageOwner(CrashPlan plan)
    {
        _plan = plan;
        Receive<Offered>(offered => offered.Offer.Socket.Tell(
            new Acquire(offered.Offer, Self) { Reading = Reading.Active(1) }));
        Receive<Acquired>(acquired =>
        {
            _handle = acquired.Handle;
            plan.Began(acquired);
        });
        Receive<Received>(received =>
        {
            // Delivered to an earlier incarnation: it comes again.
            if (received.Handle != _handle) return;
            var crash = plan.Take(received.End);
            if (crash is CrashPoint.Aside) Self.Tell(new Crash());
            CrashIf(crash is CrashPoint.ResultOpen);
            var write = new Write(received.Handle, Flipped(received.Bytes.Span));
            received.Handle.Socket.Tell(write);
            CrashIf(crash is CrashPoint.Written);
            _writing.Enqueue((write, received.End, crash));
        });
        Receive<Written>(OnWritten);
        Receive<PeerFinished>(finished =>
        {
            if (finished.Handle != _handle) return;
            CrashIf(plan.TakeRest());
            finished.Handle.Socket.Tell(new FinishSending(finished.Handle));
        });
        Receive<Confirmed>(_ => plan.Finish());
        Receive<Crash>(_ => throw new CrashException());

        // What an incarnation said that is gone, or whose handle is.
        Receive<Refused>(
            refused => refused is { Command: Reattach or Write or Consumed, Result.Code: ResultCode.EESECURITY },
            _ => { });
        Receive<Closed>(_ => { });
    }

    protected override void PreRestart(Exception reason, object message)
    {
        if (reason is CrashException) _plan.Crashed();
        else _plan.Done.TrySetException(reason);
    }

    protected override void PostRestart(Exception reason)
    {
        foreach (var handle in HandoffExtension.For(Context.System).OwnedBy(Self))
        {
            handle.Socket.Tell(new Reattach(handle, Self));
        }
    }

    private static byte[] Flipped(ReadOnlySpan<byte> bytes)
    {
        var flipped = bytes.ToArray();
        foreach (ref var each in flipped.AsSpan()) each = LeaseOwner.Flip(each);
        return flipped;
    }

    private void OnWritten(Written written)
    {
        // An earlier incarnation's write.
        if (!_writing.TryPeek(out var first) || !ReferenceEquals(first.Write, written.Write)) return;
        _writing.Dequeue();
        CrashIf(first.Crash is CrashPoint.Flushed);
        var handle = written.Write.Handle;
        handle.Socket.Tell(new Consumed(handle, first.End));
        CrashIf(first.Crash is CrashPoint.Advanced);
    }

    private static void CrashIf(bool now)
    {
        if (now) throw new CrashException();
    }

    private sealed record Crash;
}
