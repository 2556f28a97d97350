using System.Diagnostics;
using Akka.Actor;
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
        await SendAsync(lease, request);
        for (var count = 0L; ; count++)
        {
            var cue = await NextAsync(lease);
            if (cue.Kind is CueKind.Last) return cue.Checked(count);
        }
    }

    private static async Task<long> SendAsync(MessageLease lease, int size, TimeSpan window)
    {
        var message = new byte[size];
        var count = 0L;
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < window; count++)
            await SendAsync(lease, message);
        new Cue(CueKind.Last, count).Write(message);
        await SendAsync(lease, message);
        return (await NextAsync(lease)).Checked(count);
    }

    private static async ValueTask SendAsync(MessageLease lease, byte[] message)
    {
        var sent = await lease.SendAsync(message);
        if (!sent.IsSuccess) throw new BenchFailedException($"A send failed: {sent}");
    }

    private static async ValueTask<Cue> NextAsync(MessageLease lease)
    {
        var read = await lease.ReadAsync();
        if (read.Kind is not MessageKind.Data) throw new BenchFailedException($"Instead of a message came {read}");
        var cue = Cue.Read(read.Bytes.Span);
        lease.Consume();
        return cue;
    }
}
