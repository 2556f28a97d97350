using System.Net;
using System.Net.Sockets;

namespace Handoff.TwoProcess.Tests.Setup;

/// <summary>Clients that connect, have one byte back and close, again and again.</summary>
internal sealed class Storm(int port)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private Task<List<string>>[] _clients = [];
    private volatile bool _isOver;
    private int _answered;

    public int Answered => Volatile.Read(ref _answered);

    public void Begin(int clients) => _clients = [.. Enumerable.Range(0, clients).Select(_ => Task.Run(RunAsync))];

    // What went wrong.
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        _isOver = true;
        return [.. (await Task.WhenAll(_clients)).SelectMany(failed => failed)];
    }

    // What went wrong, if anything.
    public async Task<string?> SayAsync(byte what)
    {
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            using var late = new CancellationTokenSource(Bound);
            await socket.ConnectAsync(IPAddress.Loopback, port, late.Token);
            var one = new[] { what };
            await socket.SendAsync(one, late.Token);
            one[0] = 0;
            var count = await socket.ReceiveAsync(one, late.Token);
            return count == 1 && one[0] == what ? null : $"{count} bytes came";
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            return failure.Message;
        }
    }

    private async Task<List<string>> RunAsync()
    {
        List<string> failed = [];
        while (!_isOver)
        {
            if (await SayAsync((byte)'x') is { } failure) failed.Add(failure);
            else Interlocked.Increment(ref _answered);
        }

        return failed;
    }
}
