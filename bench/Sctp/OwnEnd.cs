using System.Diagnostics;
using Akka.Actor;
using Handoff.Transport;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Bench.Sctp;

// An association of an actor, which has it by a lease.
internal sealed class OwnEnd(IActorRef owner) : IEnd
{
    public static async Task<OwnEnd> ConnectAsync(ActorSystem system, Far far, bool isPeeled)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var owner = system.ActorOf(Props.Create(() => new AssociationOwner(far, isPeeled, ready)));
        await ready.Task;
        return new OwnEnd(owner);
    }

    public Task<long> ReceiveAsync(int size, TimeSpan window) => AskAsync(lease => ReceiveAsync(lease, size, window));

    public Task<long> SendAsync(int size, TimeSpan window) => AskAsync(lease => SendAsync(lease, size, window));

    private Task<long> AskAsync(Func<MessageLease, Task<long>> action)
    {
        var work = new AssociationOwner.Work(action);
        owner.Tell(work);
        return work.Done;
    }

    private static async Task<long> ReceiveAsync(MessageLease lease, int size, TimeSpan window)
    {
        var request = new byte[Cue.Length];
        new Cue(CueKind.Send, window.Ticks, size).Write(request);
        Demand(await lease.SendAsync(request));
        for (var count = 0L; ; count++)
        {
            var cue = Take(lease, await lease.ReadAsync());
            if (cue.Kind is CueKind.Last) return cue.Checked(count);
        }
    }

    private static async Task<long> SendAsync(MessageLease lease, int size, TimeSpan window)
    {
        var message = new byte[size];
        var count = 0L;
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < window; count++)
            Demand(await lease.SendAsync(message));
        new Cue(CueKind.Last, count).Write(message);
        Demand(await lease.SendAsync(message));
        return Take(lease, await lease.ReadAsync()).Checked(count);
    }

    private static void Demand(SocketResult sent)
    {
        if (!sent.IsSuccess) throw new BenchFailedException($"A send failed: {sent}");
    }

    private static Cue Take(MessageLease lease, in MessageResult read)
    {
        if (read.Kind is not MessageKind.Data) throw new BenchFailedException($"Instead of a message came {read}");
        var cue = Cue.Read(read.Bytes.Span);
        lease.Consume();
        return cue;
    }
}
