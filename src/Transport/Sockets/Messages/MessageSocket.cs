using System.Net;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets.Messages;

/// <summary>
/// A live socket whose unit is a message, and whose use is lent to one owner at a time: datagrams, or a connection of
/// records. Two loops move messages between the socket and two bounded queues; a <see cref="MessageLease"/> is the
/// owner's side of the queues. One controller calls the methods here, from any thread; they never wait, and are safe
/// against the loops and against whatever a lease is doing.
/// </summary>
public sealed class MessageSocket : ISocketOptions, INewcomer, IAsyncDisposable
{
    private readonly MessageCore _core;
    private readonly IDatagramSocket _socket;

    /// <summary>Wraps a socket; nothing is read before <see cref="Start"/>.</summary>
    /// <param name="socket">The socket; this owns it from here on.</param>
    /// <param name="options">Bounds and schedulers.</param>
    public MessageSocket(IDatagramSocket socket, MessageOptions options)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(options);
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        _socket = socket;
        _core = new MessageCore(socket, options);
    }

    // Goes on with what another process had, which the socket does not know.
    internal MessageSocket(IDatagramSocket socket, MessageOptions options, DetachedMessages from)
        : this(socket, options) => _core.Begin(from);

    /// <summary>The local address, readable after the end too; null where there is none.</summary>
    public EndPoint? LocalEndPoint { get; }

    /// <summary>The address of the one peer, readable after the end too; null where there is none.</summary>
    public EndPoint? RemoteEndPoint { get; }

    /// <summary>
    /// The process at the other end of a connection of records, on a system that tells; else null.
    /// </summary>
    public PeerCredentials? PeerCredentials => _socket.PeerCredentials;

    /// <summary>The counters now.</summary>
    public MessageStatus Status => _core.Status;

    /// <summary>
    /// Completes when everything is over and the descriptor is closed. The first cause wins:
    /// <see cref="ResultCode.EESUCCESS"/> for a graceful close, <see cref="ResultCode.EETIMEDOUT"/>,
    /// <see cref="ResultCode.EERESET"/>, <see cref="ResultCode.EERECV"/>, or what <see cref="Abort"/> was told.
    /// </summary>
    public Task<SocketResult> Completion => _core.Ending.Completion;

    /// <summary>
    /// Completes after <see cref="Completion"/>, with the same result, once nothing is left to read.
    /// </summary>
    public Task<SocketResult> Finished => _core.Ending.Finished;

    // Whether it is a connection of records.
    internal bool HasEnd => _socket.HasEnd;

    internal bool IsFinished => _core.Ending.IsFinishedTold;

    internal IDatagramSocket Socket => _socket;

    // Instead of Finished, which is a task; to be set before Start, and again by who has it after Unown.
    internal IEndListener? Listener
    {
        set => _core.Ending.Listener = value;
    }

    /// <summary>Starts both loops; idempotent.</summary>
    public void Start() => _core.Start();

    /// <summary>
    /// Ends the current lease, if any, and opens one for the next owner. What the old one did not consume goes to the
    /// new one, in order. Also after the end of the socket, where the lease tells what is left to read and then how it
    /// ended.
    /// </summary>
    /// <param name="epoch">The ownership period; never lower than the last one's.</param>
    /// <returns>The lease, for the owner alone.</returns>
    public MessageLease Lease(long epoch) => _core.Lease(epoch, isLent: false);

    /// <summary>
    /// Pauses delivery for a release. Reads of the lease stay pending and its sends answer
    /// <see cref="ResultCode.EESOCKRLSD"/>; receiving goes on until the bounded queue is full, and what was accepted
    /// is sent. A refusal has no side effect.
    /// </summary>
    /// <returns>
    /// Success, or in this order: <see cref="ResultCode.EEBADF"/> (closed), <see cref="ResultCode.EEALREADY"/> (paused
    /// already), <see cref="ResultCode.EEBUSY"/> (a message is open, or a send waits for room).
    /// </returns>
    public SocketResult Offer() => _core.Offer();

    /// <summary>Reverts an offer: the same lease goes on. Nothing happens where none is paused.</summary>
    public void Resume() => _core.Resume();

    /// <summary>
    /// The owner died: its lease ends now, even with a message open. What it did not consume is kept for the next
    /// owner, and the memory that the old one may still look at is never used again. Delivery is paused until the next
    /// <see cref="Lease"/>.
    /// </summary>
    public void Tear() => _core.Tear();

    /// <summary>
    /// Closes gracefully, bounded by <see cref="MessageOptions.CloseTimeout"/>: nothing more is delivered (reads
    /// answer <see cref="ResultCode.EEBADF"/>), and what was accepted is sent. Idempotent.
    /// </summary>
    public void Close() => _core.Ending.Close();

    /// <summary>Ends at once; what was not sent is dropped. Idempotent; the first cause wins.</summary>
    /// <param name="why">What <see cref="Completion"/> and the lease's calls report; not success.</param>
    public void Abort(SocketResult why)
    {
        ArgumentNullException.ThrowIfNull(why);
        if (why.IsSuccess) throw new ArgumentException("An abort is no success.", nameof(why));
        _core.Ending.Abort(why);
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

    // Nothing is received, whoever owns it: to be told before Start.
    internal void LeaveToPrograms() => _core.IsForPrograms = true;

    // For another actor to begin with, in the epochs of that: the lease ends, and what was not consumed stays.
    internal void Unown()
    {
        _core.Ending.Listener = null;
        _core.Unown();
    }

    // For an owner that has only borrowed it.
    internal MessageLease Lend(long epoch) => _core.Lease(epoch, isLent: true);

    // Stops it for another process, while delivery is paused: as a value, whose descriptor stays this one's. GoOn or
    // Leave follows. A failure has no effect: EEMODENOTSUPP (another engine), EEBADF, EENOTCONN, EEBUSY, EEALREADY,
    // or EETIMEDOUT once the token trips.
    internal ValueTask<(DetachedMessages? Socket, SocketResult Result)> DetachAsync(
        CancellationToken cancellationToken) => _core.Moving.BeginAsync(cancellationToken);

    // Nobody took it.
    internal void GoOn() => _core.Moving.GoOn();

    // Another process has it: it ends here, with success, and a peer hears nothing of it.
    internal void Leave() => _core.Moving.Leave();

    /// <summary>Aborts with <see cref="ResultCode.EEABORTED"/> unless closed already, and waits for the end.</summary>
    public ValueTask DisposeAsync() => _core.Ending.DisposeAsync();
}
