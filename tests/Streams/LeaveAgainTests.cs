using System.Buffers;
using System.Security.Cryptography;
using Handoff.Streams.Framing;
using Xunit.Abstractions;

namespace Handoff.Streams.Tests;

public sealed class LeaveAgainTests(ITestOutputHelper output) : StreamTestKit(output)
{
    [Fact]
    public async Task Leaving_again_and_again_at_random_moments_loses_no_byte()
    {
        var seed = Random.Shared.Next();
        Output!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var sent = new byte[2_000_000];
        random.NextBytes(sent);
        var sending = SendInPiecesAsync(peer, sent, new Random(seed));
        var received = new List<byte>();
        while (received.Count < sent.Length)
        {
            var stream = Open(socket, new SocketFlowOptions { Framing = new ByTwos() });
            for (var i = random.Next(4); i > 0 && received.Count < sent.Length; i--)
                received.AddRange((await NextAsync(stream.Output)).ToArray());
            var pending = received.Count < sent.Length && random.Next(2) == 0 ? stream.Output.PullAsync() : null;
            if (random.Next(2) == 0) await Task.Yield();
            var left = await stream.Detach.LeaveAsync(LeaveMode.Now).WaitAsync(Patience);
            if (pending is not null && await pending is { HasValue: true, Value: var more })
                received.AddRange(more.ToArray());
            if (received.Count == sent.Length) break;
            var read = await left.Lease.Input.ReadAsync();
            Assert.False(read.IsCanceled);
            var few = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, random.Next(3) * 20_000));
            received.AddRange(few.ToArray());
            left.Lease.Input.AdvanceTo(few.End);
        }

        await sending.WaitAsync(Patience);
        Assert.Equal(SHA256.HashData(sent), SHA256.HashData(received.ToArray()));
    }

    private static async Task SendInPiecesAsync(TestPeer peer, ReadOnlyMemory<byte> bytes, Random random)
    {
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(bytes.Length, random.Next(1, 60_000))];
            await peer.SendAsync(piece);
            bytes = bytes[piece.Length..];
        }
    }

    // Frames of two bytes, many in a chunk.
    private sealed class ByTwos : SocketFraming
    {
        public override int MaxFrame => 50_000;

        public override bool TryFind(
            in ReadOnlySequence<byte> unread,
            out ReadOnlySequence<byte> frame,
            out SequencePosition end)
        {
            var length = Math.Min(unread.Length, MaxFrame) / 2 * 2;
            frame = unread.Slice(0, length);
            end = frame.End;
            return length > 0;
        }
    }
}
