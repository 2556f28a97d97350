using Handoff.Bench.Echo;

namespace Handoff.Bench.Sctp;

// A thread that waits in the calls of the library.
internal sealed class BareEnd : IEnd
{
    private readonly BareSocket _socket;

    private BareEnd(BareSocket socket) => _socket = socket;

    public static async Task<BareEnd> ConnectAsync(Far far, bool isPeeled, int systemBuffer)
    {
        var (socket, _) = BareSocket.Open(far.UdpPort, systemBuffer);
        var end = new BareEnd(socket);
        await OwnThread.Run(() =>
        {
            socket.Connect(far.Place);
            end.Receive(Cue.Length, TimeSpan.Zero);
        });
        return isPeeled ? new BareEnd(socket.PeelOff()) : end;
    }

    public Task<long> ReceiveAsync(int size, TimeSpan window) => RunAsync(() => Receive(size, window));

    public Task<long> SendAsync(int size, TimeSpan window) => RunAsync(() => Send(size, window));

    private static async Task<long> RunAsync(Func<long> action)
    {
        var count = 0L;
        await OwnThread.Run(() => count = action());
        return count;
    }

    private long Receive(int size, TimeSpan window)
    {
        Span<byte> request = stackalloc byte[Cue.Length];
        new Cue(CueKind.Send, window.Ticks, size).Write(request);
        _socket.Send(request);
        for (var count = 0L; ; count++)
        {
            var cue = Cue.Read(_socket.Receive());
            if (cue.Kind is CueKind.Last) return cue.Checked(count);
        }
    }

    private long Send(int size, TimeSpan window)
    {
        var count = _socket.SendFor(size, window);
        return Cue.Read(_socket.Receive()).Checked(count);
    }
}
