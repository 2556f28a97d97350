using System.Diagnostics.CodeAnalysis;
using System.Net;
using Handoff.Transport.Associations;

namespace Handoff.Transport.Sockets.Messages;

/// <summary>
/// One owner's use of a socket whose unit is a message, for one ownership period. Once it ended, every call answers
/// <see cref="ResultCode.EESECURITY"/>, pending ones too. One read and one send may be pending at a time.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification =
    "A cancellation source without timer and wait handle holds nothing to dispose of.")]
public sealed class MessageLease
{
    private readonly MessageCore _core;
    private CancellationTokenSource? _ended;
    private (long Consumed, long Accepted) _last;

    internal MessageLease(MessageCore core, long epoch, bool isLent)
    {
        _core = core;
        IsLent = isLent;
        Epoch = epoch;
        Reader = new MessageReader(core, this);
        Writer = new MessageWriter(core, this);
    }

    /// <summary>The ownership period.</summary>
    public long Epoch { get; }

    /// <summary>Trips when the ownership period ends. Callbacks run on the owner scheduler.</summary>
    public CancellationToken Ended
    {
        get
        {
            lock (_core.Gate)
            {
                if (_ended is null)
                {
                    if (!IsCurrent) return new CancellationToken(canceled: true);
                    _ended = new CancellationTokenSource();
                }

                return _ended.Token;
            }
        }
    }

    /// <summary>
    /// Messages (and failures told) that were consumed since the socket was opened; stands still once the lease ended.
    /// </summary>
    public long ConsumedPosition
    {
        get
        {
            lock (_core.Gate) return IsCurrent ? _core.In.First : _last.Consumed;
        }
    }

    /// <summary>
    /// Messages that were accepted since the socket was opened; stands still once the lease ended.
    /// </summary>
    public long SentPosition
    {
        get
        {
            lock (_core.Gate) return IsCurrent ? _core.Out.End : _last.Accepted;
        }
    }

    internal MessageReader Reader { get; }

    internal MessageWriter Writer { get; }

    internal MessageInput? Input { get; private set; }

    // Its owner has only borrowed the socket: it may receive and send, and neither end nor change it.
    internal bool IsLent { get; }

    // What the callbacks of Ended came to.
    internal Task Tripped { get; private set; } = Task.CompletedTask;

    internal bool IsCurrent => ReferenceEquals(_core.Current, this);

    internal bool IsSending
    {
        get
        {
            lock (_core.Gate) return Writer.Pinned is not null;
        }
    }

    // What keeps the lease from being offered, for people; null if nothing does.
    internal string? Pinned => Reader.Pinned ?? Writer.Pinned;

    /// <summary>
    /// The oldest message that was not consumed; it stays the oldest until <see cref="Consume"/>. While it is open the
    /// socket cannot be released: consume it, or <see cref="PutBack"/>.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait, with <see cref="OperationCanceledException"/>.</param>
    public ValueTask<MessageResult> ReadAsync(CancellationToken cancellationToken = default) =>
        Reader.ReadAsync(cancellationToken);

    /// <summary>As <see cref="ReadAsync"/>, without waiting.</summary>
    /// <param name="result">What a read would bring; an end is brought, too.</param>
    /// <returns>False if a read would have to wait.</returns>
    public bool TryRead(out MessageResult result) => Reader.TryRead(out result);

    /// <summary>The open message is done with: nobody reads it again, and its memory is used for another.</summary>
    /// <returns><see cref="ResultCode.EESUCCESS"/>, or <see cref="ResultCode.EESECURITY"/>.</returns>
    /// <exception cref="InvalidOperationException">No message is open.</exception>
    public ResultCode Consume() => Reader.Consume();

    /// <summary>The open message is unread again, for the next read or the next owner.</summary>
    /// <returns><see cref="ResultCode.EESUCCESS"/>, or <see cref="ResultCode.EESECURITY"/>.</returns>
    /// <exception cref="InvalidOperationException">No message is open.</exception>
    public ResultCode PutBack() => Reader.PutBack();

    /// <summary>
    /// Sends a message, whole or not at all. Success says that it was accepted: the system has it, or it goes out
    /// before every later one, whoever owns the socket then. Waits only while the bounded outbound queue is full.
    /// </summary>
    /// <param name="message">The message; not to be changed before the result is there.</param>
    /// <param name="to">The receiver; not needed for a connected socket, and then the peer or null.</param>
    /// <param name="cancellationToken">
    /// Ends the wait, with <see cref="OperationCanceledException"/>; the message was not accepted.
    /// </param>
    /// <returns>
    /// Success, or in this order: <see cref="ResultCode.EESECURITY"/>, <see cref="ResultCode.EESOCKRLSD"/> (on offer),
    /// <see cref="ResultCode.EEBADF"/> (closed), <see cref="ResultCode.EENOTCONN"/> (sending is finished, or the peer
    /// of a Unix datagram socket is gone: <see cref="ResultCode.EECONNREFUSED"/> the first time),
    /// <see cref="ResultCode.EEISCONN"/> (another address than the peer's), <see cref="ResultCode.EENOADDR"/>,
    /// <see cref="ResultCode.EEMSGSIZE"/>, <see cref="ResultCode.EEBADADDR"/>, <see cref="ResultCode.EEUNREACH"/>,
    /// <see cref="ResultCode.EECONNREFUSED"/>, <see cref="ResultCode.EEWOULDBLOCK"/> (the receiver of a Unix datagram
    /// has no room), <see cref="ResultCode.EERESET"/>, <see cref="ResultCode.EESENDTO"/>.
    /// </returns>
    public ValueTask<SocketResult> SendAsync(
        ReadOnlyMemory<byte> message, EndPoint? to = null, CancellationToken cancellationToken = default) =>
        Writer.SendAsync(message, to, default, consumes: false, cancellationToken);

    /// <summary>As above, on an association, and says how.</summary>
    /// <param name="message">The message; not to be changed before the result is there; not empty.</param>
    /// <param name="info">
    /// Stream, payload protocol, order, reliability; its association is not looked at (RFC 6458, 8).
    /// </param>
    /// <param name="to">An address of the peer, with <see cref="SctpSendFlags.AddressOverride"/>.</param>
    /// <param name="cancellationToken">Ends the wait; the message was not accepted.</param>
    /// <returns>
    /// Also <see cref="ResultCode.EEMODENOTSUPP"/> (no association), <see cref="ResultCode.EEINVAL"/> (no such stream,
    /// or a flag that ends the association; where it had to wait, a failure of that message is told among those that
    /// come).
    /// </returns>
    public ValueTask<SocketResult> SendAsync(
        ReadOnlyMemory<byte> message,
        SctpSendInfo info,
        EndPoint? to = null,
        CancellationToken cancellationToken = default) =>
        Writer.SendAsync(message, to, info, consumes: false, cancellationToken);

    /// <summary>
    /// Sends to whoever sent the open message, and consumes that when the answer is accepted, in one step: either both
    /// happened before the end of the lease or neither.
    /// </summary>
    /// <param name="message">The message; not to be changed before the result is there.</param>
    /// <param name="cancellationToken">Ends the wait; then neither happened.</param>
    /// <returns>As a send; after a failure the message is still open.</returns>
    /// <exception cref="InvalidOperationException">No message is open.</exception>
    public ValueTask<SocketResult> ReplyAsync(
        ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
        Writer.ReplyAsync(message, cancellationToken);

    /// <summary>
    /// Ends the sending side of a connection of records, after what was accepted; the peer reads its end. Idempotent.
    /// </summary>
    /// <returns>
    /// <see cref="ResultCode.EESUCCESS"/>; <see cref="ResultCode.EESECURITY"/>, <see cref="ResultCode.EESOCKRLSD"/>
    /// (on offer, or on loan: that is the lender's to do), <see cref="ResultCode.EEBADF"/>,
    /// <see cref="ResultCode.EEMODENOTSUPP"/> (datagrams have no end).
    /// </returns>
    public ResultCode FinishSending() => Writer.FinishSending();

    internal bool HasEnd => _core.Socket.HasEnd;

    // For an owner that reads by messages of its own. Ready is called from a loop and must not block.
    internal MessageInput ReadByMessages(Action ready)
    {
        lock (_core.Gate) return Input = new MessageInput(_core, this, ready);
    }

    internal void End(ref MessageWakes wakes)
    {
        _last = (_core.In.First, _core.Out.End);
        if (Reader.End()) wakes.Reader = Reader;
        if (Writer.End()) wakes.Writer = Writer;
        if (_ended is not null) wakes.EndedLease = this;
    }

    internal void Fire() =>
        _core.Options.OwnerScheduler.Schedule(static lease => ((MessageLease)lease!).Trip(), this);

    private void Trip()
    {
        try
        {
            _ended!.Cancel();
        }
        catch (AggregateException failure)
        {
            // The ownership has ended whatever a callback says. It is heard of as a task that nobody awaited is.
            Tripped = Task.FromException(failure);
        }
    }
}
