using System.Globalization;
using System.Security.Cryptography;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

[Collection(nameof(Alone))]
public sealed class EnduranceTests(ITestOutputHelper output)
    : SocketTestKit(output, "handoff.listen.max-waiting = 1024", virtualTime: false)
{
    private const int Sockets = 250;
    private const int Mebibyte = 1024 * 1024;

    [Fact]
    public async Task Ninety_thousand_expired_offers_leave_nothing_behind()
    {
        var progress = new Progress();
        var mute = Sys.ActorOf(Props.Create(() => new Mute()));
        var listener = CreateTestProbe();
        var acceptor = Sys.ActorOf(Props.Create(() => new Acceptor(mute, progress)));
        var listening = Listen(listener, acceptor);
        var peers = new List<TestPeer>();
        for (var i = 0; i < Sockets; i++) peers.Add(await ConnectAsync(listening));
        await progress.ReachAsync(10_000, Patience * 6);
        var before = Footprint.Measure();
        await progress.ReachAsync(100_000, Patience * 12);
        var after = Footprint.Measure();
        foreach (var peer in peers) peer.Dispose();
        Output.WriteLine($"{progress.Outcomes}; before {before}, after {after}");
        Assert.Equal((0, 0), (progress.OtherOutcomes, after.Sockets - before.Sockets));
        Assert.True(after.Heap - before.Heap < Mebibyte, $"the heap grew by {after.Heap - before.Heap} bytes");
    }

    [Fact]
    public async Task A_peer_that_sends_64_MiB_and_does_not_read_costs_less_than_32_MiB()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var sent = new byte[64 * Mebibyte];
        Random.Shared.NextBytes(sent);
        Footprint.Measure();
        var before = ResidentBytes();
        var sending = peer.SendAsync(sent);
        var echoing = EchoAsync(acquired.Lease!);
        var settings = Handoff.Settings.Connections;
        var received = -1L;
        AwaitCondition(IsStalled, Patience, TimeSpan.FromMilliseconds(200));
        var grown = ResidentBytes() - before;
        Assert.True(grown < 32 * Mebibyte, $"{grown} bytes more are resident");
        Assert.Equal(SHA256.HashData(sent), SHA256.HashData(await peer.ReceiveAsync(sent.Length)));
        await sending;
        peer.FinishSending();
        await echoing;

        // Nothing has moved since the last look, and both queues are half full or more: below that they would go on.
        bool IsStalled()
        {
            var status = StatusOf(CreateTestProbe(), acquired.Handle.Socket);
            var isStill = status.BytesReceived == received;
            received = status.BytesReceived;
            var (inbound, outbound) = (settings.ReceiveBuffer / 2, settings.SendBuffer / 2);
            return isStill && status.Facts.Unread >= inbound && status.Facts.Unsent >= outbound;
        }
    }

    private static async Task EchoAsync(SocketLease lease)
    {
        while (true)
        {
            var read = await lease.Input.ReadAsync();
            foreach (var part in read.Buffer) await lease.Output.WriteAsync(part);
            lease.Input.AdvanceTo(read.Buffer.End);
            if (!read.IsCompleted) continue;
            await lease.Output.CompleteAsync();
            return;
        }
    }

    private static long ResidentBytes()
    {
        var status = File.ReadLines("/proc/self/status");
        var line = status.Single(each => each.StartsWith("VmRSS:", StringComparison.Ordinal));
        var kibibytes = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return long.Parse(kibibytes, CultureInfo.InvariantCulture) * 1024;
    }

    // Counts expired offers; a socket that reaches the limit waits until the next one is set.
    private sealed class Progress
    {
        private readonly Lock _gate = new();
        private readonly List<(IActorRef Owner, Release Release)> _waiting = [];
        private TaskCompletionSource _reached = new();
        private int _limit;
        private int _busy;

        public int Outcomes { get; private set; }

        public int OtherOutcomes { get; private set; }

        public async Task ReachAsync(int limit, TimeSpan patience)
        {
            List<(IActorRef Owner, Release Release)> waiting;
            lock (_gate)
            {
                _limit = limit;
                _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting = [.. _waiting];
                _waiting.Clear();
                _busy += waiting.Count;
            }

            foreach (var (owner, release) in waiting) owner.Tell(release);
            await _reached.Task.WaitAsync(patience);
        }

        public void Started()
        {
            lock (_gate) _busy++;
        }

        // Whether the owner goes on. At the limit nothing is pending when the waiter is told.
        public bool Ended(IActorRef owner, ReleaseFailed failed)
        {
            lock (_gate)
            {
                Outcomes++;
                if (failed.Outcome is not OfferOutcome.TimedOut) OtherOutcomes++;
                if (Outcomes + _busy <= _limit) return true;
                _busy--;
                _waiting.Add((owner, failed.Release));
                if (_busy == 0) _reached.TrySetResult();
                return false;
            }
        }
    }

    private sealed class Mute : ReceiveActor
    {
        public Mute() => ReceiveAny(_ => { });
    }

    private sealed class Acceptor : ReceiveActor
    {
        public Acceptor(IActorRef mute, Progress progress)
        {
            Receive<Offered>(offered => offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self)));
            Receive<Acquired>(acquired =>
            {
                progress.Started();
                Again(acquired.Handle);
            });
            Receive<Release>(release => Again(release.Handle));
            Receive<ReleaseFailed>(failed =>
            {
                if (progress.Ended(Self, failed)) Again(failed.Release.Handle);
            });
            ReceiveAny(_ => { });

            void Again(SocketHandle handle) => handle.Socket.Tell(
                new Release(handle, mute) { Within = TimeSpan.FromMilliseconds(1) }, Self);
        }
    }
}
