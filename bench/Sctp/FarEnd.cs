using System.Globalization;
using System.Net;
using Handoff.Bench.Echo;
using Handoff.Bench.Servers;
using Handoff.Transport.Sctp.Usrsctp;

namespace Handoff.Bench.Sctp;

// The other process, for whoever is measured the same: one thread that waits in the calls of the library.
internal static class FarEnd
{
    public static async Task<Far> FindAsync(ChildProcess process, CancellationToken stop)
    {
        var words = (await process.LineAsync(stop)).Split(' ');
        return new Far(int.Parse(words[0], CultureInfo.InvariantCulture), IPEndPoint.Parse(words[1]));
    }

    // Until it is told to quit, or whoever started it is gone.
    public static async Task<int> RunAsync(int systemBuffer, TextReader input, TextWriter output)
    {
        var (stack, result) = UsrsctpStack.Start(udpPort: 0);
        if (stack is null) throw new BenchFailedException($"usrsctp does not begin: {result}");
        var (socket, place) = BareSocket.Open(peerUdpPort: 0, systemBuffer);
        var serving = OwnThread.Run(() => Serve(socket));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{stack.UdpPort} {place}"));
        await Task.WhenAny(serving, Task.Run(() => input.ReadLineAsync()));
        return serving.IsFaulted ? ExitCode.Failure : ExitCode.Done;
    }

    private static void Serve(BareSocket socket)
    {
        var count = 0L;
        Span<byte> answer = stackalloc byte[Cue.Length];
        while (true)
        {
            var cue = Cue.Read(socket.Receive());
            switch (cue.Kind)
            {
                case CueKind.Message:
                    count++;
                    break;
                case CueKind.Last:
                    new Cue(CueKind.Came, count).Write(answer);
                    socket.Send(answer);
                    count = 0;
                    break;
                default:
                    socket.SendFor(cue.Size, TimeSpan.FromTicks(cue.Number));
                    break;
            }
        }
    }
}
