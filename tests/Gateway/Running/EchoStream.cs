using System.Net;
using System.Net.Sockets;

namespace Handoff.Gateway.Tests.Running;

// A client of echo that sends without end, and checks each byte that comes back as soon as it is there: the byte at a
// position is a function of the position and of the client.
internal sealed class EchoStream : IDisposable
{
    private const int Block = 8 << 10;
    private const int Ring = 251; // prime, so that no block looks like the next one
    private const int MostOnTheWay = 16 * Block;

    // Of all upgrades that a test may ask for.
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(30);

    private readonly TestClient _client;
    private readonly int _seed;
    private readonly TimeSpan _pause;
    private readonly byte[] _pattern;
    private readonly TaskCompletionSource _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _received;

    private EchoStream(TestClient client, int seed, TimeSpan pause)
    {
        _client = client;
        _seed = seed;
        _pause = pause;
        _pattern = new byte[Ring + Block];
        for (var i = 0; i < _pattern.Length; i++) _pattern[i] = (byte)((i % Ring) ^ seed);
        Ended = Task.WhenAll(SendAsync(), ReceiveAsync());
    }

    // With the end of the stream behind the last byte, or an exception that says what was wrong.
    public Task Ended { get; }

    public long Received => Interlocked.Read(ref _received);

    // Pause: behind each block, so that a thousand of them leave the processors to the gateway, too.
    public static async Task<EchoStream> ConnectAsync(IPEndPoint echo, int seed, TimeSpan pause) =>
        new(await TestClient.ConnectAsync(echo, Within), seed, pause);

    public Task FinishAsync()
    {
        _finish.TrySetResult();
        return Ended;
    }

    // All at once: each takes its pause to notice.
    public static async Task FinishAsync(IReadOnlyList<EchoStream> streams)
    {
        await Task.WhenAll(streams.Select(stream => stream.FinishAsync()));
        foreach (var stream in streams) stream.Dispose();
    }

    public void Dispose() => _client.Dispose();

    private async Task SendAsync()
    {
        using var pace = new PeriodicTimer(_pause);
        for (long sent = 0; !_finish.Task.IsCompleted;)
        {
            await pace.WaitForNextTickAsync();
            if (sent - Received > MostOnTheWay) continue;
            await _client.SendAsync(_pattern.AsMemory((int)(sent % Ring), Block));
            sent += Block;
        }

        _client.Finish();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[Block];
        int count;
        while ((count = await _client.ReceiveAsync(buffer)) > 0)
        {
            var expected = _pattern.AsSpan((int)(_received % Ring), count);
            if (!expected.SequenceEqual(buffer.AsSpan(0, count)))
                throw new InvalidDataException($"client {_seed}: what came at {_received} is not what was sent");
            Interlocked.Add(ref _received, count);
        }
    }
}
