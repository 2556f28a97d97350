using System.Net.Sockets;

namespace Handoff.Gateway.Control;

// Says one thing to a running gateway, and shows what that answers until it is done.
internal sealed class ControlClient(TextWriter output, TextWriter error)
{
    public async Task<int> RunAsync(
        UnixDomainSocketEndPoint gateway, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(gateway, cancellationToken);
        }
        catch (SocketException e)
        {
            await error.WriteLineAsync($"handoff: no gateway answers at {gateway}: {e.Message}");
            return ExitCode.Failure;
        }

        try
        {
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync(ControlLine.Encode(words), cancellationToken);
            return await ShowAsync(stream, cancellationToken);
        }
        catch (IOException e)
        {
            await error.WriteLineAsync($"handoff: the gateway hung up: {e.Message}");
            return ExitCode.Failure;
        }
    }

    private async Task<int> ShowAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var lines = new LineBuffer();
        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            foreach (var line in lines.Add(buffer.AsSpan(0, count)) ?? [])
            {
                switch (ControlLine.Decode(line))
                {
                    case [ControlLine.Progress, var text]:
                        await output.WriteLineAsync(text);
                        break;
                    case [ControlLine.Done]:
                        return ExitCode.Clean;
                    case [ControlLine.Failed, var why]:
                        await error.WriteLineAsync($"handoff: {why}");
                        return ExitCode.Failure;
                }
            }
        }

        await error.WriteLineAsync("handoff: the gateway hung up before it was done");
        return ExitCode.Failure;
    }
}
