using System.Buffers;
using System.Text;
using Handoff.Transport;
using Handoff.Transport.Sockets;

namespace Handoff.Actors.Tests;

internal static class LeaseIo
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<byte[]> ReadAsync(this SocketLease? lease, int count)
    {
        using var bound = new CancellationTokenSource(Patience);
        var read = await lease!.Input.ReadAtLeastAsync(count, bound.Token);
        Assert.True(read.Buffer.Length >= count, $"the input ended after {read.Buffer.Length} of {count} bytes");
        var bytes = read.Buffer.Slice(0, count).ToArray();
        lease!.Input.AdvanceTo(read.Buffer.GetPosition(count));
        return bytes;
    }

    public static async Task<string> ReadTextAsync(this SocketLease? lease, int count) =>
        Encoding.ASCII.GetString(await lease.ReadAsync(count));

    public static async Task<byte[]> ReadToEndAsync(this SocketLease? lease)
    {
        using var bound = new CancellationTokenSource(Patience);
        using var all = new MemoryStream();
        while (true)
        {
            var read = await lease!.Input.ReadAsync(bound.Token);
            foreach (var part in read.Buffer) all.Write(part.Span);
            lease!.Input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return all.ToArray();
        }
    }

    // Until a write fails, because the peer is gone.
    public static async Task WaitForFailureAsync(this SocketLease lease)
    {
        using var bound = new CancellationTokenSource(Patience);
        try
        {
            while (true)
            {
                await lease.Output.WriteAsync(new byte[1], bound.Token);
                await Task.Yield();
            }
        }
        catch (SocketFailedException)
        {
            // That is what was waited for.
        }
    }

    public static async Task WriteAsync(this SocketLease? lease, string text)
    {
        using var bound = new CancellationTokenSource(Patience);
        await lease!.Output.WriteAsync(Encoding.ASCII.GetBytes(text), bound.Token);
    }
}
