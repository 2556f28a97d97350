using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sockets;

/// <summary>
/// A live stream connection whose use is lent to one owner at a time. Two pumps move bytes between the socket and two
/// bounded queues; a <see cref="SocketLease"/> is the owner's side of the queues. One controller calls the methods
/// here, from any thread; they never wait, and are safe against the pumps and against whatever a lease is doing.
/// </summary>
public sealed class SocketConnection : ISocketOptions, INewcomer, IAsyncDisposable
{
    private readonly IStreamSocket _socket;
    private readonly ConnectionCore _core;

    /// <summary>Wraps a connected socket; nothing is read or sent before <see cref="Start"/>.</summary>
    /// <param name="socket">The socket; the connection owns it from here on.</param>
    /// <param name="options">Bounds and schedulers.</param>
    public SocketConnection(IStreamSocket socket, ConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(options);
        _socket = socket;
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        _core = new ConnectionCore(socket, options);
    }

    // Goes on with what another process had, which the socket does not know.
    internal SocketConnection(IStreamSocket socket, ConnectionOptions options, Detached from)
        : this(socket, options) => _core.Begin(from);

    /// <summary>The local address, readable after the end too; null where there is none.</summary>
    public EndPoint? LocalEndPoint { get; }

    /// <summary>The peer's address, readable after the end too; null where there is none.</summary>
    public EndPoint? RemoteEndPoint { get; }

    /// <summary>The process at the other end, of a Unix socket on a system that tells; else null.</summary>
    public PeerCredentials? PeerCredentials => _socket.PeerCredentials;

    /// <summary>The counters now.</summary>
    public ConnectionStatus Status => _core.Status;

    /// <summary>
    /// Completes when everything is over: both pumps ended and the descriptor is closed. The first cause wins:
    /// <see cref="ResultCode.EESUCCESS"/> for a graceful end, <see cref="ResultCode.EERESET"/>,
    /// <see cref="ResultCode.EETIMEDOUT"/>, <see cref="ResultCode.EESEND"/>, <see cref="ResultCode.EERECV"/>, or what
    /// <see cref="Abort"/> was told. What is unread after a reset or a failure stays readable through the lease.
    /// </summary>
    public Task<SocketResult> Completion => _core.Ending.Completion;

    /// <summary>
    /// Completes after <see cref="Completion"/>, with the same result, once nothing is left to read: the owner
    /// consumed the last byte or completed its input, or this side closed.
    /// </summary>
    public Task<SocketResult> Finished => _core.Ending.Finished;

    internal ConnectionCore Core => _core;

    internal bool IsFinished => _core.Ending.IsFinishedTold;

    // Instead of Finished, which is a task; told at once where that is over.
    internal IEndListener Listener
    {
        set => _core.Ending.TellTo(value);
    }

    /// <inheritdoc/>
    public SocketResult SetOption(SocketOption option) => _socket.SetOption(option);

    /// <inheritdoc/>
    public OptionResult GetOption(SocketOptionKind kind) => _socket.GetOption(kind);

    /// <inheritdoc/>
    public SocketResult SetRawOption(int level, int name, ReadOnlySpan<byte> value) =>
        _socket.SetRawOption(level, name, value);

    /// <inheritdoc/>
    public RawOptionResult GetRawOption(int level, int name, int size) => _socket.GetRawOption(level, name, size);

    /// <summary>Starts both pumps; idempotent.</summary>
    public void Start() => _core.Start();

    /// <summary>
    /// Ends the current lease, if any, and opens one for the next owner. What the old one did not consume goes to the
    /// new one; where a read result is still open it is torn as in <see cref="Tear"/>. Also after the end of the
    /// connection, where the lease tells what is left to read and then how it ended.
    /// </summary>
    /// <param name="epoch">The ownership period; never lower than the last one's.</param>
    /// <returns>The lease, for the owner alone.</returns>
    public SocketLease Lease(long epoch) => _core.Lease(epoch, loan: null);

    /// <summary>
    /// Pauses delivery for a release. Reads of the lease stay pending and its writes fail with
    /// <see cref="ResultCode.EESOCKRLSD"/>; receiving goes on until the bounded queue is full, and what was accepted
    /// is sent. A refusal has no side effect.
    /// </summary>
    /// <param name="pushBack">
    /// Bytes that the owner consumed and gives back, copied here; they are read again before the unconsumed ones, on
    /// revert by the same owner.
    /// </param>
    /// <returns>
    /// Success, or in this order: <see cref="ResultCode.EEBADF"/> (closed), <see cref="ResultCode.EEALREADY"/> (paused
    /// already), <see cref="ResultCode.EEBUSY"/> (a read result is open, bytes are not flushed, a flush or a write is
    /// pending, spliced), <see cref="ResultCode.EEMSGSIZE"/> (over <see cref="ConnectionOptions.MaxPushBack"/>),
    /// <see cref="ResultCode.EEBADDATA"/> (more than this owner consumed).
    /// </returns>
    public SocketResult Offer(ReadOnlySequence<byte> pushBack) => _core.Offer(pushBack);

    /// <summary>Reverts an offer: the same lease goes on. Nothing happens where none is paused.</summary>
    public void Resume() => _core.Resume();

    /// <summary>
    /// The owner died: its lease ends now, even with a read result open. Unconsumed bytes are kept for the next owner,
    /// the blocks that the old one may still look at are never used again, and output that was not flushed is dropped.
    /// Delivery is paused until the next <see cref="Lease"/>.
    /// </summary>
    public void Tear() => _core.Tear();

    /// <summary>Shuts one side down, as <see cref="SocketLease.Shutdown"/> of the lease that is open now.</summary>
    /// <param name="how">Which side, or both.</param>
    public SocketResult Shutdown(SocketShutdown how) => _core.Shutdown(how, by: null);

    /// <summary>
    /// Closes gracefully, bounded by <see cref="ConnectionOptions.CloseTimeout"/> and
    /// <see cref="ConnectionOptions.Linger"/>: no more input is delivered (reads fail with
    /// <see cref="ResultCode.EEBADF"/>), what was accepted is sent, then the FIN. Idempotent.
    /// </summary>
    public void Close() => _core.Ending.Close();

    /// <summary>Resets the peer and ends at once. Idempotent; the first cause wins.</summary>
    /// <param name="why">What <see cref="Completion"/> and the lease's calls report; not success.</param>
    public void Abort(SocketResult why)
    {
        ArgumentNullException.ThrowIfNull(why);
        if (why.IsSuccess) throw new ArgumentException("An abort is no success.", nameof(why));
        _core.Ending.Abort(why);
    }

    // For an owner that has only borrowed it.
    internal SocketLease Lend(long epoch, ILoan loan) => _core.Lease(epoch, loan);

    // From the next receive on: what comes stays in the system until it is consumed, so that a crash of this process
    // loses none of it. EEMODENOTSUPP where the engine cannot.
    internal SocketResult SetDurable(bool isOn) => _core.ReceiveSide.SetDurable(isOn);

    // A copy of its descriptor for somebody who keeps it: the caller's to close. From here on the end is told to the
    // peer whoever has a copy.
    internal SocketOr<SocketDescriptor> Share() => (_socket as IPassable)?.Share() ?? ResultCode.EEMODENOTSUPP;

    // Stops it for another process, while delivery is paused: as a value, whose descriptor stays this one's. GoOn or
    // Leave follows. A failure has no effect: EEMODENOTSUPP (another engine), EEBADF, EENOTCONN, EEBUSY, EEALREADY,
    // or EETIMEDOUT once the token trips.
    internal ValueTask<(Detached? Connection, SocketResult Result)> DetachAsync(CancellationToken cancellationToken) =>
        _core.Moving.BeginAsync(cancellationToken);

    // Nobody took it.
    internal void GoOn() => _core.Moving.GoOn();

    // Another process has it: it ends here, with success, and the peer hears nothing of it.
    internal void Leave() => _core.Moving.Leave();

    // Gracefully, for a cause that is none of a good end.
    internal void Close(SocketResult why) => _core.Close(why);

    // Another connection goes on with the socket of this one, which ends its lease and refuses what comes. A refusal
    // has no effect: EEBADF, EEALREADY, EEBUSY, EENOTCONN, EEMODENOTSUPP.
    internal (Succession? Succession, SocketResult Result) Succeed() => _core.Succeed(_socket);

    // Less waits to be examined, until it is unbound.
    internal void BoundInput(int bytes) => _core.BoundInput(Math.Min(bytes, _core.Options.ReceiveBuffer));

    internal void UnboundInput() => _core.BoundInput(_core.Options.ReceiveBuffer);

    /// <summary>Aborts with <see cref="ResultCode.EEABORTED"/> unless closed already, and waits for the end.</summary>
    public ValueTask DisposeAsync() => _core.Ending.DisposeAsync();
}
