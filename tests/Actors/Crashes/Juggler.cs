using System.Buffers;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets;

namespace Handoff.Actors.Tests.Crashes;

// Owns any number of sockets: sends back what is there to read, then releases to others at random.
internal sealed class Juggler : ReceiveActor
{
    private readonly Random _random;
    private readonly HandoffCount _count;
    private readonly Dictionary<long, SocketLease> _leases = [];
    private IReadOnlyList<IActorRef> _all = [];

    public Juggler(int seed, HandoffCount count)
    {
        _random = new Random(seed);
        _count = count;
        Receive<IReadOnlyList<IActorRef>>(all => _all = all);
        Receive<Offered>(OnOffered);
        Receive<Acquired>(acquired =>
        {
            _leases[acquired.Handle.Id] = acquired.Lease!;
            GoOn(acquired.Handle);
        });
        Receive<Released>(released =>
        {
            _leases.Remove(released.Release.Handle.Id);
            count.Changed(moved: true);
        });
        Receive<ReleaseFailed>(failed =>
        {
            count.Changed(moved: false);
            GoOn(failed.Release.Handle);
        });
        Receive<SocketHandle>(GoOn);
        Receive<Finish>(_ => EchoToEndAsync([.. _leases.Values]).PipeTo(Self, failure: gone => new Failed(gone)));
        Receive<Withdrawn>(_ => { });
        Receive<Closed>(_ => { });
        Receive<Refused>(OnRefused);
        Receive<Done>(_ => { });
        Receive<Failed>(failed => count.Fail(failed.Why.ToString()));
    }

    private void OnOffered(Offered offered)
    {
        object answer = _random.Next(20) == 0 && offered.From is not null
            ? new Decline(offered.Offer, Self, "not now")
            : new Acquire(offered.Offer, Self);
        offered.Offer.Socket.Tell(answer);
    }

    // An offer to several, or one that was revoked, may be over when the answer comes.
    private void OnRefused(Refused refused)
    {
        var late = refused.Command is Acquire or Decline or Revoke
            && refused.Result.Code is ResultCode.EESOCKNOTRLSD or ResultCode.EESECURITY;
        if (!late) _count.Fail($"{refused.Command}: {refused.Result}");
    }

    private void GoOn(SocketHandle handle)
    {
        try
        {
            var back = Echo(_leases[handle.Id]);
            if (!back.IsEmpty || _count.MayRelease(Self, handle)) Release(handle, back);
        }
        catch (SocketFailedException failed)
        {
            _count.Fail(failed.ToString());
        }
    }

    private void Release(SocketHandle handle, ReadOnlyMemory<byte> back)
    {
        var mode = (OfferMode)_random.Next(3);
        var targets = Enumerable.Range(0, mode is OfferMode.AnyHolder ? 1 : _random.Next(1, 4)).Select(_ => Someone());
        var release = new Release(handle, mode, [.. targets]) { PushBack = back };
        handle.Socket.Tell(release);
        if (_random.Next(20) == 0) handle.Socket.Tell(new Revoke(handle, release));
    }

    private IActorRef Someone() => _all[_random.Next(_all.Count)];

    // What was read too far is pushed back with the release that follows.
    private ReadOnlyMemory<byte> Echo(SocketLease lease)
    {
        if (!lease.Input.TryRead(out var read)) return default;
        var bytes = read.Buffer.ToArray();
        var mine = _random.Next(bytes.Length + 1);
        lease.Output.Write(bytes.AsSpan(0, mine));
        var flush = lease.CommitAsync(read.Buffer.End, read.Buffer.End);
        if (!flush.IsCompletedSuccessfully) _count.Fail("a flush had to wait");
        return bytes.AsMemory(mine);
    }

    private static async Task<object> EchoToEndAsync(SocketLease[] leases)
    {
        await Task.WhenAll(leases.Select(EchoToEndAsync));
        return new Done();
    }

    private static async Task EchoToEndAsync(SocketLease lease)
    {
        while (true)
        {
            var read = await lease.Input.ReadAsync();
            foreach (var part in read.Buffer) lease.Output.Write(part.Span);
            await lease.CommitAsync(read.Buffer.End, read.Buffer.End);
            if (read.IsCompleted) break;
        }

        await lease.Output.CompleteAsync();
    }

    public sealed record Finish;

    private sealed record Done;

    private sealed record Failed(Exception Why);
}
