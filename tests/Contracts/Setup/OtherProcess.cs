using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Contracts.Tests.Setup;

/// <summary>
/// Where another process would be: an engine of its own, at the other end of a control socket, which takes sockets by
/// the protocol of handles.
/// </summary>
internal sealed class OtherProcess : IRecipient, IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);
    private readonly LinuxEngine _engineHere = new(new LinuxEngineOptions { Loops = 1 });
    private readonly FrameChannel _giver;
    private readonly FrameChannel _taker;

    public OtherProcess()
    {
        var (near, far) = Pair();
        _giver = Channel(_engineHere, near);
        _taker = Channel(Engine, far);
    }

    public LinuxEngine Engine { get; } = new(new LinuxEngineOptions { Loops = 1 });

    /// <summary>What it says of what came.</summary>
    public SocketResult Answer { get; set; } = SocketResult.Success;

    /// <summary>Gives it the socket; the descriptor that it has then, or null and what the giver was told.</summary>
    public async Task<(SocketDescriptor? Descriptor, MoveResult Given)> Take(IPassable socket)
    {
        var giving = Giver.GiveAsync(_giver, id: 1, new Consignment(socket), CancellationToken.None).AsTask();
        var (offer, result) = await Taker.NextOfferAsync(_taker, Bound, default);
        Assert.True(result.IsSuccess, result.ToString());
        var taken = await Taker.TakeAsync(_taker, offer!, this);
        return (taken.Sockets.SingleOrDefault()?.Descriptor, await giving.Soon());
    }

    public ValueTask<SocketResult> AskAsync(Frame.Offer offer, CancellationToken cancellationToken) =>
        new(SocketResult.Success);

    public SocketResult Check(IReadOnlyList<ArrivedSocket> sockets) => Answer;

    public async ValueTask DisposeAsync()
    {
        _giver.Dispose();
        _taker.Dispose();
        await _engineHere.DisposeAsync();
        await Engine.DisposeAsync();
    }

    private static FrameChannel Channel(LinuxEngine engine, SocketDescriptor end)
    {
        var options = new HandleOptions();
        return new FrameChannel(ControlSocket.Adopt(engine, end, options, PeerRule.SameUser).Socket!, options);
    }

    private static unsafe (SocketDescriptor Near, SocketDescriptor Far) Pair()
    {
        var ends = stackalloc int[2];
        const int Type = Native.RecordSocket | Native.NonBlocking | Native.CloseOnExec;
        Assert.Equal(0, SystemCalls.SocketPair(Native.FamilyUnix, Type, 0, ends));
        return (new SocketDescriptor(ends[0]), new SocketDescriptor(ends[1]));
    }

    // A socket of which the kernel has everything.
    private sealed class Consignment(IPassable socket) : IConsignment
    {
        public HandleCapabilities Needs => HandleCapabilities.Records;

        public string Label => "a socket";

        public IReadOnlyList<SocketFacts> Facts =>
            [new SocketFacts(HandleKind.Records, "sctp", null, null, 0, 0, Attachment: null)];

        public ValueTask<Quiesced> QuiesceAsync(CancellationToken cancellationToken)
        {
            socket.Pause();
            var (descriptor, code) = socket.Lend();
            return new(descriptor is null
                ? new Quiesced(null, SocketResult.Of(code))
                : new Quiesced(
                    [new QuiescedSocket(descriptor, new SocketBaggage(0, 0, SocketEnds.None, [], []))],
                    SocketResult.Success));
        }

        public void Resume() => socket.GoOn();

        public void Close() => socket.Leave();
    }
}
