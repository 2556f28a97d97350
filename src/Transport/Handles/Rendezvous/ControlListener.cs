using System.Net.Sockets;
using System.Threading.Channels;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Unix;

namespace Handoff.Transport.Handles.Rendezvous;

// Where other processes connect to move sockets. One that is silent for too long, that may not, or that finds no room
// is closed, after it was told why.
internal sealed class ControlListener : IAsyncDisposable
{
    private readonly LinuxEngine _engine;
    private readonly IRecordListenSocket _socket;
    private readonly RendezvousOptions _options;
    private readonly PeerRule _rule;

    // Each has a place, so that there is room for all.
    private readonly Channel<ControlPeer> _ready;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly List<Task> _greetings = [];
    private readonly Task _accepting;
    private int _places;
    private int _isClosed;

    private ControlListener(
        LinuxEngine engine, IRecordListenSocket socket, RendezvousOptions options, PeerRule rule)
    {
        _engine = engine;
        _socket = socket;
        _options = options;
        _rule = rule;
        _places = options.MaxPeers;
        _ready = Channel.CreateBounded<ControlPeer>(options.MaxPeers);
        _accepting = Task.Run(AcceptAllAsync);
    }

    // The file of a process that is dead is removed first; of one that lives the address is in use (EEADDRINUSE).
    public static (ControlListener? Listener, SocketResult Result) Listen(
        LinuxEngine engine, UnixDomainSocketEndPoint at, RendezvousOptions options, PeerRule rule)
    {
        var (socket, result) = PathBinding.Bind<(IRecordListenSocket? Socket, SocketResult Result)>(
            at,
            removesStale: true,
            () => Bind(engine, at, options.MaxPeers),
            bound => bound.Result,
            why => (null, why));
        return socket is null ? (null, result) : (new ControlListener(engine, socket, options, rule), result);
    }

    // The next that has said something. EEBADF: the listener is closed. EEINTR: cancelled, and nobody is lost.
    public async ValueTask<SocketOr<ControlPeer>> AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _ready.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return ResultCode.EEINTR;
        }
        catch (ChannelClosedException)
        {
            return ResultCode.EEBADF;
        }
    }

    // Closes those that nobody accepted, too; the others are their owners'.
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 1) return;
        _socket.Dispose();
        await _closing.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(_greetings).ConfigureAwait(false);
        while (_ready.Reader.TryRead(out var left)) left.Dispose();
        _closing.Dispose();
    }

    public override string ToString() => $"control listener on {_socket.LocalEndPoint}";

    private static (IRecordListenSocket? Socket, SocketResult Result) Bind(
        LinuxEngine engine, UnixDomainSocketEndPoint at, int backlog)
    {
        var (socket, code) = engine.ListenRecords(at, backlog);
        return (socket, socket is null ? new(code, $"{at}: {code.Text()}") : SocketResult.Success);
    }

    private async Task AcceptAllAsync()
    {
        try
        {
            while (true)
            {
                var (accepted, code) = await _socket.AcceptAsync(_closing.Token).ConfigureAwait(false);
                if (code is ResultCode.EEINTR or ResultCode.EEBADF) return;

                // Off the loop, which other sockets' bytes wait for.
                await Task.Yield();
                if (accepted is not null) Admit(accepted);
                else if (!await PauseAsync().ConfigureAwait(false)) return;
            }
        }
        finally
        {
            _ready.Writer.TryComplete();
        }
    }

    // False where it is closed meanwhile.
    private async ValueTask<bool> PauseAsync()
    {
        var never = new TaskCompletionSource();
        await never.Task.WaitAsync(_options.AcceptPause, _options.Handles.TimeProvider, _closing.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !_closing.IsCancellationRequested;
    }

    private void Admit(IDatagramSocket accepted)
    {
        var (control, _) = ControlSocket.Adopt(_engine, accepted, _options.Handles, _rule);
        if (control is null) return; // it was closed, or its option could not be set: it is closed now
        var channel = new FrameChannel(control, _options.Handles);
        var judged = _rule.Judge(control.Peer);
        if (judged.IsSuccess && !TryEnter())
            judged = new(ResultCode.EEQUOTA, $"{_options.MaxPeers} are connected; handoff.processes.max-peers");
        if (judged.IsSuccess) Begin(channel);
        else TurnAway(channel, 0, judged);
    }

    private void Begin(FrameChannel channel)
    {
        lock (_gate)
        {
            // One that failed stays, and is found when this is closed.
            _greetings.RemoveAll(greeting => greeting.IsCompletedSuccessfully);
            _greetings.Add(GreetAsync(channel));
        }
    }

    private async Task GreetAsync(FrameChannel channel)
    {
        var arrival = await channel.ReceiveAsync(_options.FirstFrameTimeout, _closing.Token).ConfigureAwait(false);
        arrival.Descriptors.Dispose();
        if (arrival.Frame is Frame.Offer or Frame.Claim)
        {
            var peer = new ControlPeer(channel, arrival.Frame, Leave);
            if (!_ready.Writer.TryWrite(peer)) peer.Dispose(); // closed meanwhile
            return;
        }

        var why = arrival.Result.IsSuccess
            ? new(ResultCode.EEBADDATA, $"{arrival.Frame!.GetType().Name} is no beginning")
            : arrival.Result;
        Leave(); // first: whoever sees the end finds the place free
        TurnAway(channel, arrival.Id, why);
    }

    // Told as far as it can be: it may be gone, or have no room.
    private static void TurnAway(FrameChannel channel, ulong id, SocketResult why)
    {
        _ = channel.TrySend(new Frame.Decline(id, why));
        channel.Dispose();
    }

    private bool TryEnter()
    {
        if (Interlocked.Decrement(ref _places) >= 0) return true;
        Leave();
        return false;
    }

    private void Leave() => Interlocked.Increment(ref _places);
}
