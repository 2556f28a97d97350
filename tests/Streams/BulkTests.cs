using System.Diagnostics;
using System.Security.Cryptography;
using Akka.Streams.Dsl;
using Xunit.Abstractions;

namespace Handoff.Streams.Tests;

public sealed class BulkTests(ITestOutputHelper output) : StreamTestKit(output)
{
    private const long Total = 1L << 30;
    private const long Most = 256L << 20;

    [Fact]
    public async Task A_gibibyte_goes_through_a_stream_and_back_in_little_memory()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        socket.HandleWith(Flow.Create<ReadOnlyMemory<byte>>(), Materializer);
        var before = Resident();
        var most = 0L;
        using var sent = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var received = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var sending = Task.Run(async () =>
        {
            var seed = Random.Shared.Next();
            Output!.WriteLine($"seed {seed}");
            var random = new Random(seed);
            var buffer = new byte[256 * 1024];
            for (var left = Total; left > 0; left -= buffer.Length)
            {
                random.NextBytes(buffer);
                sent.AppendData(buffer);
                await peer.SendAsync(buffer);
            }

            peer.FinishSending();
        });
        var came = 0L;
        var space = new byte[256 * 1024];
        while (await peer.Socket.ReceiveAsync(space).WaitAsync(Patience) is > 0 and var got)
        {
            received.AppendData(space, 0, got);
            came += got;
            if (came / (16 << 20) != (came - got) / (16 << 20)) most = Math.Max(most, Resident());
        }

        await sending;
        Assert.Equal(Total, came);
        Assert.Equal(sent.GetHashAndReset(), received.GetHashAndReset());
        Output!.WriteLine($"{before >> 20} MiB before, at most {most >> 20} MiB meanwhile");
        Assert.InRange(most - before, long.MinValue, Most);
    }

    private static long Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
