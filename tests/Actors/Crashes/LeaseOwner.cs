using System.Buffers;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets;

namespace Handoff.Actors.Tests.Crashes;

// Sends back what it reads, each byte flipped, in a loop beside the actor; what the loop fails with, the actor does.
internal sealed class LeaseOwner : ReceiveActor
{
    private readonly CrashPlan _plan;

    public LeaseOwner(CrashPlan plan, bool commits)
    {
        _plan = plan;
        Receive<Offered>(offered => offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self)));
        Receive<Acquired>(acquired =>
        {
            plan.Began(acquired);
            RunAsync(acquired, plan, Self, commits).PipeTo(Self, failure: gone => new Failed(gone));
        });
        Receive<Failed>(failed =>
        {
            // The lease of an incarnation that is gone.
            if (failed.Why is SocketFailedException { Code: ResultCode.EESECURITY }) return;
            throw failed.Why;
        });
        Receive<Finished>(_ => plan.Finish());

        // A reattach that came too late: the answer to an earlier one is on its way.
        Receive<Refused>(refused => refused is { Command: Reattach, Result.Code: ResultCode.EESECURITY }, _ => { });
        Receive<Closed>(_ => { });
    }

    public static byte Flip(byte value) => (byte)(value ^ 0x5A);

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

    private static async Task<object> RunAsync(Acquired acquired, CrashPlan plan, IActorRef self, bool commits)
    {
        var lease = acquired.Lease!;
        var position = acquired.Consumed;
        while (true)
        {
            var read = await lease.Input.ReadAsync();
            if (read.Buffer.IsEmpty && read.IsCompleted)
            {
                CrashIf(plan.TakeRest());
                break;
            }

            var piece = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, plan.Next(most: 64 * 1024)));
            position += piece.Length;
            var crash = plan.Take(position);
            if (crash is CrashPoint.Aside) self.Tell(new Failed(new CrashException()));
            try
            {
                await AnswerAsync(lease, piece, crash, commits);
            }
            catch (SocketFailedException) when (crash is not (CrashPoint.None or CrashPoint.Aside))
            {
                // The lease was torn first; this crash is due all the same.
                throw new CrashException();
            }
        }

        await lease.Output.CompleteAsync();
        return new Finished();
    }

    private static async Task AnswerAsync(
        SocketLease lease, ReadOnlySequence<byte> piece, CrashPoint crash, bool commits)
    {
        CrashIf(crash is CrashPoint.ResultOpen);
        Answer(lease, piece);
        CrashIf(crash is CrashPoint.Written || (commits && crash is CrashPoint.Flushed));
        if (commits)
        {
            await lease.CommitAsync(piece.End, piece.End);
        }
        else
        {
            await lease.Output.FlushAsync();
            CrashIf(crash is CrashPoint.Flushed);
            lease.Input.AdvanceTo(piece.End);
        }

        CrashIf(crash is CrashPoint.Advanced);
    }

    private static void Answer(SocketLease lease, in ReadOnlySequence<byte> piece)
    {
        foreach (var memory in piece)
        {
            for (var left = memory.Span; !left.IsEmpty;)
            {
                var room = lease.Output.GetSpan();
                var count = Math.Min(room.Length, left.Length);
                for (var i = 0; i < count; i++) room[i] = Flip(left[i]);
                lease.Output.Advance(count);
                left = left[count..];
            }
        }
    }

    private static void CrashIf(bool now)
    {
        if (now) throw new CrashException();
    }

    private sealed record Failed(Exception Why);

    private sealed record Finished;
}
