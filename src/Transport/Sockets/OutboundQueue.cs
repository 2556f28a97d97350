using System.Buffers;

namespace Handoff.Transport.Sockets;

// Bytes written and not sent, oldest first. Three positions, none of which overtakes the next:
// sent <= accepted <= written. Only called under the connection's gate.
internal sealed class OutboundQueue(BlockPool pool, int pauseAt)
{
    private readonly int _resumeBelow = Math.Max(1, pauseAt / 2);
    private Segment? _head;
    private int _headIndex;
    private Segment? _tail;
    private int _lent;
    private bool _isLent;

    public long Sent { get; private set; }

    public long Accepted { get; private set; }

    public long Written { get; private set; }

    public long Unsent => Accepted - Sent;

    public long Unflushed => Written - Accepted;

    public bool IsFull => Unsent >= pauseAt;

    public long Room => Math.Max(0, pauseAt - Unsent);

    public bool HasRoom => Unsent < _resumeBelow;

    // Before anything was written: up to where another process came, and what it accepted and did not send.
    public void Begin(long written, ReadOnlySpan<byte> unsent)
    {
        Sent = Accepted = Written = written - unsent.Length;
        Write(unsent);
        Accept();
    }

    // The owner may write to it until it advances or flushes.
    public Memory<byte> Lend(int sizeHint)
    {
        var size = Math.Max(1, sizeHint);
        if (_tail is not { } tail || tail.Free.Length < size || tail.Block.IsDiscarded) tail = Append(size);
        _isLent = true;
        _lent = tail.Free.Length;
        return tail.Free;
    }

    public void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, _lent);
        if (bytes > 0) _tail!.Resize(_tail.Memory.Length + bytes);
        _lent -= bytes;
        _isLent = false;
        Written += bytes;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = Lend(1).Span;
            var count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            Advance(count);
            bytes = bytes[count..];
        }
    }

    public void Accept()
    {
        Accepted = Written;
        _isLent = false;
        _lent = 0;
        Release();
    }

    public ReadOnlySequence<byte> Batch(int most)
    {
        var end = Sent + Math.Min(Unsent, most);
        var last = _head!;
        while (last.EndPosition < end) last = last.Following!;
        return new ReadOnlySequence<byte>(_head!, _headIndex, last, (int)(end - last.RunningIndex));
    }

    public void MarkSent(int bytes)
    {
        Sent += bytes;
        Release();
    }

    // The owner is gone without a flush: what it may still write to is never used again.
    public void DropUnflushed()
    {
        _lent = 0;
        if (Unflushed == 0 && !_isLent) return;
        var kept = default(Segment);
        for (var segment = _head; segment is not null; segment = segment.Following)
        {
            if (segment.RunningIndex < Accepted)
                kept = segment;
            else
                segment.Block.Discard();
        }

        _tail = kept;
        Written = Accepted;
        _isLent = false;
        if (kept is null)
        {
            _head = null;
            _headIndex = 0;
            return;
        }

        kept.Following = null;
        kept.Block.Discard();
        kept.Resize((int)(Accepted - kept.RunningIndex));
        Release();
    }

    // Nothing will be sent any more, and nothing is being sent.
    public void Clear()
    {
        DropUnflushed();
        while (_head is { } head)
        {
            _head = head.Following;
            head.Block.GiveBack();
        }

        _tail = null;
        _headIndex = 0;
    }

    private void Release()
    {
        while (_head is { } head && head.EndPosition <= Sent && (head != _tail || (Written == Sent && !_isLent)))
        {
            _head = head.Following;
            head.Block.GiveBack();
        }

        if (_head is null) _tail = null;
        _headIndex = _head is null ? 0 : (int)(Sent - _head.RunningIndex);
    }

    private Segment Append(int size)
    {
        // An owner that has filled a block and goes on writes a lot.
        var isFlowing = Unflushed >= pool.BlockSize;
        var segment = pool.Take(isFlowing ? Math.Max(size, pool.LargeBlockSize) : size).Segment;
        segment.Begin(Written);
        if (_tail is { } tail) tail.Following = segment;
        else _head = segment;
        _tail = segment;
        return segment;
    }
}
