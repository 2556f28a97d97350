using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace Handoff.Transport.Sockets;

/// <summary>
/// One owner's use of a connection, for one ownership period. Once it ended, every call on its pipes fails with
/// <see cref="SocketFailedException"/> (<see cref="ResultCode.EESECURITY"/>), pending ones too.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification =
    "A cancellation source without timer and wait handle holds nothing to dispose of.")]
public sealed class SocketLease : IDuplexPipe
{
    private readonly ConnectionCore _core;
    private readonly ILoan? _loan;
    private LeaseReader? _reader;
    private LeaseWriter? _writer;
    private CancellationTokenSource? _ended;
    private CancellationTokenSource? _inputEnded;
    private bool _isInputEndTold;
    private (long Consumed, long Written) _last;

    // A loan where the owner has only borrowed the connection: it may read and write, and neither end nor change it.
    internal SocketLease(ConnectionCore core, long epoch, ILoan? loan)
    {
        _core = core;
        _loan = loan;
        Epoch = epoch;
        FirstPosition = core.In.Consumed;
    }

    /// <summary>The ownership period.</summary>
    public long Epoch { get; }

    /// <summary>
    /// What the peer sends. Its FIN is <see cref="ReadResult.IsCompleted"/>; its reset or a failure comes after the
    /// bytes before it, as <see cref="SocketFailedException"/> with the code. Completing it gives up this owner's
    /// reading, not the next one's.
    /// </summary>
    public PipeReader Input => Reader;

    /// <summary>
    /// What the peer is sent. A flush ends when the bytes are accepted: in the bounded queue, in order, for good; a
    /// write of more than a block is accepted piece by piece. Where the peer is gone both throw <see
    /// cref="SocketFailedException"/> with the code; <see cref="FlushResult.IsCompleted"/> says that the bytes were
    /// accepted and the connection is closing. Completing it sends what is unflushed and then the FIN; completing it
    /// with an exception aborts the connection. Whoever completes this and <see cref="Input"/> closes the connection.
    /// </summary>
    /// <remarks>
    /// The connection is not a borrower's to end: completing it sends what is unflushed and no FIN, completing both
    /// gives the connection back, and an exception does so at once, with what was not flushed dropped.
    /// </remarks>
    public PipeWriter Output => Writer;

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
    /// Trips when no more comes from the peer: its FIN, its reset, or a failure is there, also while bytes before it
    /// are unread; for an owner that does not read now. Callbacks run on the owner scheduler. It does not trip because
    /// the ownership period ends.
    /// </summary>
    public CancellationToken InputEnded
    {
        get
        {
            lock (_core.Gate)
            {
                if (_inputEnded is null)
                {
                    if (_core.ReceiveSide.State is not InputState.Flowing)
                        return new CancellationToken(canceled: true);
                    _inputEnded = new CancellationTokenSource();
                }

                return _inputEnded.Token;
            }
        }
    }

    /// <summary>Bytes consumed since the connection began; stands still once the lease ended.</summary>
    public long ConsumedPosition
    {
        get
        {
            lock (_core.Gate) return IsCurrent ? _core.In.Consumed : _last.Consumed;
        }
    }

    /// <summary>Bytes accepted since the connection began; stands still once the lease ended.</summary>
    public long WrittenPosition
    {
        get
        {
            lock (_core.Gate) return IsCurrent ? _core.Out.Accepted : _last.Written;
        }
    }

    // Each is made when it is first used: many an owner only passes the connection on.
    internal LeaseReader Reader => _reader ?? MakeReader();

    internal LeaseWriter Writer => _writer ?? MakeWriter();

    // What the callbacks of Ended and InputEnded came to.
    internal Task Tripped { get; private set; } = Task.CompletedTask;

    internal MessageInput? Messages { get; private set; }

    internal bool IsLent => _loan is not null;

    // Nothing is read by this owner any more.
    internal bool HasCompletedInput => _reader is { IsCompleted: true };

    // Nor written, as far as it could be.
    internal bool IsDone =>
        HasCompletedInput
        && (_core.SendSide.State is not OutputState.Flowing || _writer is { IsCompleted: true });

    // From here on this owner has read, and may push back.
    internal long FirstPosition { get; private set; }

    // What keeps the lease from being offered, for people; null if nothing does.
    internal string? Pinned => _reader?.Pinned ?? _writer?.Pinned;

    // What keeps a side from being shut down.
    internal string? PinOf(SocketShutdown how) => how switch
    {
        SocketShutdown.Receive => _reader?.Pinned,
        SocketShutdown.Send => _writer?.Pinned,
        _ => Pinned,
    };

    private bool IsCurrent => ReferenceEquals(_core.Current, this);

    /// <summary>
    /// Consumes input and publishes what was written since the last flush in one step: either both happened before the
    /// end of the lease or neither.
    /// </summary>
    /// <param name="consumed">How much of the open read result is done with.</param>
    /// <param name="examined">How much of it was looked at; a read waits for more than that.</param>
    /// <param name="cancellationToken">Ends the wait for room, not the acceptance.</param>
    /// <returns>As a flush.</returns>
    public ValueTask<FlushResult> CommitAsync(
        SequencePosition consumed, SequencePosition examined, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<FlushResult>(cancellationToken);
        var wakes = default(Wakes);
        ValueTask<FlushResult> flush;
        lock (_core.Gate)
        {
            Writer.DemandFlushable();
            Reader.Advance(consumed, examined, ref wakes);
            flush = Writer.Flush(cancellationToken, ref wakes);
        }

        wakes.Fire();
        return flush;
    }

    /// <summary>
    /// Shuts one side of the connection down, for every later owner too. The reading side: what is unread is dropped,
    /// what comes is dropped, and reads end as after the peer's FIN, which is still waited for. The writing side: the
    /// FIN goes out after what was accepted. Doing it again changes nothing. Source: <c>soshutdown(9)</c>.
    /// </summary>
    /// <param name="how">Which side, or both; the connection is not closed by it.</param>
    /// <returns>
    /// Success, or in this order: <see cref="ResultCode.EEBADF"/> (closed), <see cref="ResultCode.EESECURITY"/> (the
    /// lease ended), <see cref="ResultCode.EESOCKRLSD"/> (on offer, or on loan: that is the lender's to do), <see
    /// cref="ResultCode.EENOTCONN"/> (both ends are gone), <see cref="ResultCode.EEBUSY"/> (spliced, a read result is
    /// open, or bytes are not flushed).
    /// </returns>
    public SocketResult Shutdown(SocketShutdown how) => _core.Shutdown(how, by: this);

    // Gracefully, because of what the peer sent; a borrower gives it back.
    internal void Close(SocketResult why)
    {
        var wakes = default(Wakes);
        lock (_core.Gate)
        {
            Demand();
            if (IsLent) GiveBack(why.Reason, ref wakes);
            else _core.Ending.Close(why, ref wakes);
        }

        wakes.Fire();
    }

    // For an owner that reads by messages, instead of Input. Ready is called from a pump and must not block.
    internal MessageInput ReadByMessages(Action ready)
    {
        lock (_core.Gate)
        {
            Demand();
            return Messages = new MessageInput(_core, this, ready);
        }
    }

    // Only of what is lent.
    internal void GiveBack(string why, ref Wakes wakes) => wakes.GivenBack = new GivenBack(_loan!, Epoch, why);

    // What it was lent to write to is void.
    internal void BeginSplice() => _writer?.ForgetLent();

    internal void EndSplice() => FirstPosition = _core.In.Consumed;

    internal void Demand()
    {
        if (!IsCurrent) throw new SocketFailedException(ResultCode.EESECURITY);
    }

    internal void End(ref Wakes wakes)
    {
        _last = (_core.In.Consumed, _core.Out.Accepted);
        if (_reader?.End() is true) wakes.Reader = _reader;
        if (_writer?.End() is true) wakes.Writer = _writer;
        if (_ended is not null) wakes.EndedLease = this;
    }

    // True if somebody has to be told, by FireInputEnded.
    internal bool NoticeInputEnd()
    {
        if (_inputEnded is null || _isInputEndTold) return false;
        return _isInputEndTold = true;
    }

    internal void Fire() =>
        _core.Options.OwnerScheduler.Schedule(static lease => Trip((SocketLease)lease!, isOwnership: true), this);

    internal void FireInputEnded() =>
        _core.Options.OwnerScheduler.Schedule(static lease => Trip((SocketLease)lease!, isOwnership: false), this);

    private LeaseReader MakeReader()
    {
        lock (_core.Gate) return _reader ??= new LeaseReader(_core, this);
    }

    private LeaseWriter MakeWriter()
    {
        lock (_core.Gate) return _writer ??= new LeaseWriter(_core, this);
    }

    private static void Trip(SocketLease lease, bool isOwnership)
    {
        try
        {
            (isOwnership ? lease._ended : lease._inputEnded)!.Cancel();
        }
        catch (AggregateException failure)
        {
            // What ended has ended whatever a callback says. It is heard of as a task that nobody awaited is.
            lease.Tripped = Task.FromException(failure);
        }
    }
}
