using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using Akka.Actor;
using Handoff.Messages;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Crashes;

// A hundred connections under traffic that change hands at random: to one target, to several, to whoever holds the
// offer; declined, revoked, with bytes pushed back. HANDOFF_TEST_HANDOFFS=1000000 runs as many as are promised;
// without it there are fewer, so that the run is short.
[Collection(nameof(Alone))]
public sealed class ManyHandoffsTests(ITestOutputHelper output) : SocketTestKit(output, virtualTime: false)
{
    private const int Connections = 100;
    private const int Jugglers = 8;
    private const int Mebibyte = 1024 * 1024;
    private const int Default = 50_000;

    [Theory]
    [InlineData(21)]
    public async Task Handoffs_without_end_lose_no_byte_and_leave_nothing_behind(int seed)
    {
        var variable = Environment.GetEnvironmentVariable("HANDOFF_TEST_HANDOFFS");
        var handoffs = variable is null ? Default : int.Parse(variable, CultureInfo.InvariantCulture);
        var patience = TimeSpan.FromSeconds(60 + (handoffs / 1000));
        Output.WriteLine($"seed {seed}, {handoffs} handoffs");
        var count = new HandoffCount(Connections);
        var listener = CreateTestProbe();
        var listening = Listen(listener, Juggle(seed, count)[0]);
        var stop = new TaskCompletionSource();
        var clients = Enumerable.Range(0, Connections)
            .Select(i => Task.Run(() => TalkAsync(listening, seed + i, stop.Task))).ToArray();

        // From here on the lists and pools have the size that they need.
        await count.ReachAsync(handoffs / 10, patience);
        var before = Footprint.Measure();
        await count.ReachAsync(handoffs, patience);
        var after = Footprint.Measure();
        Output.WriteLine($"{count.Moved} moved, {count.Reverted} reverted; before {before}, after {after}");
        stop.SetResult();
        count.Dismiss(new Juggler.Finish());
        var talked = 0L;
        foreach (var client in clients) talked += await client.WaitAsync(patience);
        Output.WriteLine($"{talked} bytes each way");

        // A timer or a watch that each handoff left behind would be more than a hundred bytes each.
        Assert.Equal(before.Sockets, after.Sockets);
        var allowed = Math.Min(4 * Mebibyte, handoffs * 9 / 10 * 50);
        Assert.True(after.Heap - before.Heap < allowed, $"the heap grew by {after.Heap - before.Heap} bytes");
        listening.Handle.Socket.Tell(new Close(listening.Handle), listener);
        AwaitCondition(() => Handoff.Owners.Count == 0, Patience);
    }

    private IReadOnlyList<IActorRef> Juggle(int seed, HandoffCount count)
    {
        var props = Enumerable.Range(0, Jugglers).Select(i => Props.Create(() => new Juggler(seed + i, count)));
        IReadOnlyList<IActorRef> all = [.. props.Select(each => Sys.ActorOf(each))];
        foreach (var each in all) each.Tell(all);
        return all;
    }

    // Sends and waits for the answer, so that there is always something under way and never much.
    private static async Task<long> TalkAsync(Listening listening, int seed, Task stop)
    {
        using var peer = await ConnectAsync(listening);
        using var sent = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var received = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var random = new Random(seed);
        var buffer = new byte[512];
        var answer = new byte[512];
        var total = 0L;
        while (!stop.IsCompleted)
        {
            var piece = buffer.AsMemory(0, random.Next(1, buffer.Length + 1));
            random.NextBytes(piece.Span);
            sent.AppendData(piece.Span);
            for (var left = piece; !left.IsEmpty;) left = left[await peer.Socket.SendAsync(left)..];
            for (var left = piece.Length; left > 0;)
            {
                var got = await peer.Socket.ReceiveAsync(answer.AsMemory(0, left));
                Assert.True(got > 0, $"the connection ended after {total} bytes");
                received.AppendData(answer.AsSpan(0, got));
                left -= got;
            }

            total += piece.Length;
        }

        peer.FinishSending();
        Assert.Empty(await peer.ReceiveToEndAsync());
        Assert.Equal(sent.GetHashAndReset(), received.GetHashAndReset());
        return total;
    }
}
