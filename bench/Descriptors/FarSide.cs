using System.Diagnostics;
using System.Net.Sockets;
using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Bench.Descriptors;

// The other process: it takes what comes, answers the peer of the last of them with the time, and closes all of them.
// It ends with the control socket.
internal static class FarSide
{
    public const string Ready = "ready";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    public static Task<int> RunAsync(string kind, string name, TextWriter output)
    {
        if (kind == DescriptorsBench.Ours) return TakeAsync(name, output);
        Receive(name, output);
        return Task.FromResult(ExitCode.Done);
    }

    private static async Task<int> TakeAsync(string name, TextWriter output)
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var listener = engine.ListenRecords(new UnixDomainSocketEndPoint($"\0{name}"), 1).Socket!;
        await output.WriteLineAsync(Ready);
        var accepted = (await listener.AcceptAsync(default)).Socket!;
        var options = new HandleOptions();
        var control = ControlSocket.Adopt(engine, accepted, options, PeerRule.SameUser).Socket!;
        using var channel = new FrameChannel(control, options);
        while (await Taker.NextOfferAsync(channel, Bound, default).ConfigureAwait(false) is { Offer: { } offer })
        {
            var taken = await Taker.TakeAsync(channel, offer, new Anything()).ConfigureAwait(false);
            if (taken.Sockets.Count > 0) Answer(taken.Sockets[^1].Descriptor.Number);
            foreach (var socket in taken.Sockets) socket.Descriptor.Dispose();
        }

        return ExitCode.Done;
    }

    private static void Receive(string name, TextWriter output)
    {
        var socket = BareCalls.AcceptOne(name, () => output.WriteLine(Ready));
        Span<int> descriptors = stackalloc int[DescriptorsBench.Batch];
        while (BareCalls.Receive(socket, descriptors) is >= 0 and var count)
        {
            BareCalls.Send(socket, []);
            if (count > 0) Answer(descriptors[count - 1]);
            foreach (var descriptor in descriptors[..count]) _ = SystemCalls.Close(descriptor);
        }

        _ = SystemCalls.Close(socket);
    }

    // What the peer said was there before the connection came.
    private static unsafe void Answer(int connection)
    {
        byte said;
        var received = SystemCalls.Receive(connection, &said, 1, Native.DontWait);
        var now = Stopwatch.GetTimestamp();
        var sent = SystemCalls.Send(connection, (byte*)&now, sizeof(long), Native.DontWait | Native.NoSignal);
        if (received != 1 || sent != sizeof(long)) throw new BenchFailedException("A peer could not be answered.");
    }

    private sealed class Anything : IRecipient
    {
        public ValueTask<SocketResult> AskAsync(Frame.Offer offer, CancellationToken cancellationToken) =>
            new(SocketResult.Success);

        public SocketResult Check(IReadOnlyList<ArrivedSocket> sockets) => SocketResult.Success;
    }
}
