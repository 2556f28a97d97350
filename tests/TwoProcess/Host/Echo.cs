using Handoff.Transport.Engine;

namespace Handoff.TwoProcess.Tests.Host;

// Says back what comes, to its end.
internal static class Echo
{
    public static async Task ServeAsync(IStreamSocket socket)
    {
        var buffer = new byte[256];
        while (await socket.ReceiveAsync(buffer) is { IsSuccess: true, Bytes: > 0 } received)
        {
            if (!(await socket.SendAsync(buffer.AsMemory(0, received.Bytes))).IsSuccess) break;
        }
    }

    // All that connect, too.
    public static async Task ServeAsync(IListenSocket listener)
    {
        List<Task> served = [];
        while ((await listener.AcceptAsync(default)).Socket is { } socket) served.Add(ServeAsync(socket));
        await Task.WhenAll(served);
    }
}
