using System.Diagnostics;
using System.Net.Sockets;
using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Moves;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Bench.Descriptors;

// The transfer protocol, with connections that have stopped already.
internal sealed class OwnMover : IMover
{
    private readonly LinuxEngine _engine;
    private readonly FrameChannel _channel;
    private ulong _moves;

    private OwnMover(LinuxEngine engine, FrameChannel channel)
    {
        _engine = engine;
        _channel = channel;
    }

    public static async Task<OwnMover> ConnectAsync(string name, CancellationToken stop)
    {
        var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        var options = new HandleOptions();
        var (control, code) = await ControlSocket.ConnectAsync(
            engine, new UnixDomainSocketEndPoint($"\0{name}"), options, PeerRule.SameUser, stop);
        return control is not null
            ? new OwnMover(engine, new FrameChannel(control, options))
            : throw new BenchFailedException($"There is no control socket: {code}.");
    }

    public async ValueTask<long> MoveAsync(Connections connections, int count)
    {
        var consignment = new Consignment(connections, count);
        var given = await Giver.GiveAsync(_channel, ++_moves, consignment, default).ConfigureAwait(false);
        return given.Outcome is MoveOutcome.Moved
            ? consignment.Stopped
            : throw new BenchFailedException($"A move failed: {given}");
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _engine.DisposeAsync();
    }

    private sealed class Consignment(Connections connections, int count) : IConsignment
    {
        private static readonly SocketFacts AnyFacts = new(HandleKind.Stream, "tcp", null, null, 0, 0, null);
        private static readonly SocketBaggage NoBaggage = new(0, 0, SocketEnds.None, [], []);
        private static readonly SocketFacts[] AllFacts = [.. Enumerable.Repeat(AnyFacts, DescriptorsBench.Batch)];

        public long Stopped { get; private set; }

        public HandleCapabilities Needs => HandleCapabilities.Streams;

        public string Label => "bench";

        public IReadOnlyList<SocketFacts> Facts => AllFacts[..count];

        public ValueTask<Quiesced> QuiesceAsync(CancellationToken cancellationToken)
        {
            Stopped = Stopwatch.GetTimestamp();
            var sockets = new QuiescedSocket[count];
            for (var i = 0; i < count; i++) sockets[i] = new(connections.Descriptors[i], NoBaggage);
            return new(new Quiesced(sockets, SocketResult.Success));
        }

        public void Resume()
        {
        }

        // To be moved again.
        public void Close()
        {
        }
    }
}
