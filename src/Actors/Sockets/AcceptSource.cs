using System.Net;
using Akka.Actor;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sctp.Endpoints;
using Handoff.Transport.Sctp.Records;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Sockets;

// The descriptor and the accept under way. There is one accept at a time. Its connection waits here, and the listener
// is told to take it: so neither a crash of the loop nor a notice that reaches nobody costs or leaks a connection.
internal abstract class AcceptSource : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private readonly Landing _landing = new();
    private int _underWay;
    private volatile bool _isHeld;
    private TaskCompletionSource? _still;

    private AcceptSource()
    {
    }

    public abstract EndPoint LocalEndPoint { get; }

    public abstract ISocketOptions Options { get; }

    // Whether what it brings has bytes for an accept filter to look at.
    public abstract bool HasStreams { get; }

    // Where connections are associations of one socket.
    public virtual SctpEndpoint? Endpoint => null;

    protected virtual IPassable? Passable => null;

    // The loop was told that there is room; the next connection uses it up.
    public bool Asked { get; set; }

    public bool IsUnderWay => Volatile.Read(ref _underWay) != 0;

    public void Accept(IActorRef listenerActor)
    {
        if (!Asked || _closed.IsCancellationRequested || Interlocked.Exchange(ref _underWay, 1) != 0) return;
        var accepting = _isHeld ? Task.FromResult(Interrupted) : AcceptAsync(_closed.Token);
        accepting.PipeTo(
            listenerActor, failure: gone => new Arrived(new SocketResult(ResultCode.EEACCEPT, gone.Message)));
    }

    // What the listener was told of, if it brought a connection: whoever asks next starts the next accept.
    public INewcomer? Take()
    {
        var connection = _landing.Take();
        Volatile.Write(ref _underWay, 0);
        _still?.TrySetResult();
        return connection;
    }

    // No accept begins from here on, and the one that waits ends, with what it has brought. Then the descriptor is
    // lent, until the source goes on or leaves.
    public async Task<SocketOr<SocketDescriptor>> HoldAsync(CancellationToken cancellationToken)
    {
        if (Passable is not { } passable) return ResultCode.EEMODENOTSUPP;
        var still = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _still = still;
        _isHeld = true;
        passable.Pause();
        if (!IsUnderWay) still.TrySetResult();
        await ((Task)still.Task).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var lent = still.Task.IsCompleted ? passable.Lend() : ResultCode.EETIMEDOUT;
        if (lent.Socket is null) GoOn();
        return lent;
    }

    public void GoOn()
    {
        _isHeld = false;
        Passable?.GoOn();
    }

    public SocketOr<SocketDescriptor> Share() => Passable?.Share() ?? ResultCode.EEMODENOTSUPP;

    public void Leave() => Passable?.Leave();

    public void Dispose()
    {
        _closed.Cancel();
        Close();
        _landing.Close();
    }

    protected abstract void Close();

    protected abstract Task<Arrived> AcceptAsync(CancellationToken closed);

    private static Arrived Interrupted { get; } = new(SocketResult.Of(ResultCode.EEINTR));

    private Arrived Land(INewcomer? newcomer, SocketResult result)
    {
        if (newcomer is not null) _landing.Put(newcomer);
        return new Arrived(result);
    }

    public sealed class OfStreams(SocketListener listener) : AcceptSource
    {
        public override EndPoint LocalEndPoint => listener.LocalEndPoint;

        public override ISocketOptions Options => listener;

        public override bool HasStreams => true;

        protected override IPassable? Passable => listener.Passable;

        protected override void Close() => listener.Dispose();

        protected override async Task<Arrived> AcceptAsync(CancellationToken closed)
        {
            var (connection, result) = await listener.AcceptAsync(closed).ConfigureAwait(false);
            return Land(connection, result);
        }
    }

    public sealed class OfRecords(RecordListener listener) : AcceptSource
    {
        public override EndPoint LocalEndPoint => listener.LocalEndPoint;

        public override ISocketOptions Options => listener;

        public override bool HasStreams => false;

        public override SctpEndpoint? Endpoint => (listener.Socket as SctpEndpointListener)?.Endpoint;

        protected override IPassable? Passable => listener.Passable;

        protected override void Close() => listener.Dispose();

        protected override async Task<Arrived> AcceptAsync(CancellationToken closed)
        {
            var (connection, result) = await listener.AcceptAsync(closed).ConfigureAwait(false);
            return Land(connection, result);
        }
    }

    public sealed record Arrived(SocketResult Result);
}
