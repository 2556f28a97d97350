using System.Buffers;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sockets;

// Bytes received and not consumed, oldest first. Three positions, none of which overtakes the next:
// consumed <= examined <= received. Only called under the connection's gate.
internal sealed class InboundQueue(BlockPool pool, int pauseAt)
{
    private const int LeastPart = 8;

    private Segment? _head;
    private int _headIndex;
    private Segment? _target;
    private Segment? _tail;
    private int _offered;

    // The last receive filled what it was given, so that there is more.
    private bool _isFlowing;

    private DurableWindow? _durable;

    public long Received { get; private set; }

    public long Examined { get; private set; }

    public long Consumed { get; private set; }

    public Segment? Tail
    {
        get => _tail;
        private set => Volatile.Write(ref _tail, value);
    }

    public long UnreadLength => _head is null ? 0 : Received - Consumed;

    // How much may wait to be examined.
    public int PauseAt { get; set; } = pauseAt;

    public bool IsFull => Received - Examined >= PauseAt || IsDurableFull;

    public bool HasRoom => Received - Examined < Math.Max(1, PauseAt / 2) && !IsDurableFull;

    // The owner waits for more, and the system has no room for more before something is consumed.
    public bool IsStuck => IsDurableFull && Examined == Received;

    // Of those that are unread.
    public long UnreadAlone => _durable is null ? UnreadLength : Math.Max(0, _durable.Alone - Consumed);

    private bool IsDurableFull => _durable is not null && _durable.IsFull(Received);

    public ReadOnlySequence<byte> Unread => UnreadLength == 0
        ? ReadOnlySequence<byte>.Empty
        : new ReadOnlySequence<byte>(_head!, _headIndex, Tail!, Tail!.Memory.Length);

    // Before anything was received: what another process had, which nobody has examined here.
    public void Begin(long consumed, ReadOnlySpan<byte> unread)
    {
        (Consumed, Examined, Received) = (consumed, consumed, consumed + unread.Length);
        if (unread.IsEmpty) return;
        var (first, last) = Copy(unread, consumed);
        Link(first, last);
    }

    // Between two receives.
    public void SetDurable(IDurable? socket, int most)
    {
        _durable?.End();
        _durable = socket is null ? null : new DurableWindow(socket, most, Received);
    }

    // Without the gate: where nothing is unread, the block is the receive pump's alone until EndReceive.
    public bool TryBeginAlone(out Memory<byte> memory)
    {
        memory = default;
        if (Volatile.Read(ref _tail) is not null) return false;
        _target = Fresh(Received, _isFlowing ? pool.LargeBlockSize : pool.BlockSize);
        memory = Offered();
        return true;
    }

    // The receive pump owns the returned memory until EndReceive, whatever becomes of the queue meanwhile.
    public Memory<byte> BeginReceive()
    {
        var size = _isFlowing ? pool.LargeBlockSize : pool.BlockSize;
        _target = Tail is { } tail && tail.Free.Length >= size / LeastPart ? tail : Fresh(Received, size);
        return Offered();
    }

    public void EndReceive(int bytes)
    {
        var target = _target!;
        _target = null;
        _isFlowing = bytes == _offered;
        if (bytes == 0)
        {
            if (target != Tail) target.Block.GiveBack();
            else if (UnreadLength == 0) ReleaseUpTo(Consumed);
            return;
        }

        if (target.Block.IsDiscarded)
        {
            // A torn result still shows this block: what came since belongs to the next owner only.
            var (first, last) = Copy(new ReadOnlySequence<byte>(target.Free[..bytes]), Received);
            Link(first, last);
        }
        else
        {
            if (target != Tail)
            {
                target.Begin(Received);
                Link(target, target);
            }

            target.Resize(target.Memory.Length + bytes);
        }

        Received += bytes;
    }

    public void Advance(SequencePosition consumed, SequencePosition examined, long end)
    {
        var newConsumed = PositionOf(consumed, end);
        var newExamined = PositionOf(examined, end);
        if (newExamined < newConsumed)
            throw new ArgumentException("Less was examined than consumed.", nameof(examined));
        Examined = newExamined;
        ReleaseUpTo(newConsumed);
    }

    public void ConsumeTo(long position)
    {
        Examined = Math.Max(Examined, position);
        ReleaseUpTo(position);
    }

    // The next reader has examined nothing.
    public void ForgetExamined() => Examined = Consumed;

    public void PushBack(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        var position = Consumed - bytes.Length;
        var (first, last) = Copy(bytes, position);
        if (_head is { } head)
        {
            head.DropFront(_headIndex);
            last.Following = head;
        }
        else
        {
            Tail = last;
        }

        _head = first;
        _headIndex = 0;
        Consumed = position;
        Examined = position;
    }

    // An open result that ends in this segment will never be advanced: its blocks are given up and their bytes kept.
    public void Tear(Segment last)
    {
        var rest = last.Following;
        var (copied, copiedLast) = Copy(
            new ReadOnlySequence<byte>(_head!, _headIndex, last, last.Memory.Length), Consumed);
        DiscardThrough(last);
        copiedLast.Following = rest;
        if (rest is null) Tail = copiedLast;
        _head = copied;
        _headIndex = 0;
    }

    // Nobody will read on. What an open result shows (through its last segment) is given up, the rest is given back.
    public void Clear(Segment? openLast)
    {
        if (openLast is not null) _head = DiscardThrough(openLast);
        while (_head is { } head)
        {
            _head = head.Following;
            if (head != _target) head.Block.GiveBack();
        }

        Tail = null;
        _headIndex = 0;
    }

    // No more than a small block above the bound.
    private Memory<byte> Offered()
    {
        var most = Math.Max(0, PauseAt - (Received - Examined)) + pool.BlockSize;
        _offered = (int)Math.Min(_target!.Free.Length, most);
        return _target.Free[.._offered];
    }

    private Segment? DiscardThrough(Segment last)
    {
        for (var segment = _head; segment is not null; segment = segment.Following)
        {
            segment.Block.Discard();
            if (segment != last) continue;
            var rest = last.Following;
            last.Following = null;
            return rest;
        }

        throw new InvalidOperationException("The open result is not in the queue.");
    }

    private long PositionOf(SequencePosition position, long end)
    {
        if (position.GetObject() is not Segment wanted) return Consumed; // default, or of an empty sequence
        for (var segment = _head; segment is not null && segment.RunningIndex <= end; segment = segment.Following)
        {
            if (segment != wanted) continue;
            var found = segment.RunningIndex + position.GetInteger();
            if (found >= Consumed && found <= end) return found;
            break;
        }

        throw new ArgumentException("The position is not in the open read result.", nameof(position));
    }

    private void ReleaseUpTo(long position)
    {
        _durable?.Consume(position);
        Consumed = position;
        while (_head is { } head && head.EndPosition <= position && head != _target)
        {
            _head = head.Following;
            head.Block.GiveBack();
        }

        if (_head is null) Tail = null;
        _headIndex = _head is null ? 0 : (int)(position - _head.RunningIndex);
    }

    private (Segment First, Segment Last) Copy(in ReadOnlySequence<byte> bytes, long position)
    {
        var first = Fresh(position, 1);
        var last = first;
        foreach (var memory in bytes) last = CopyBehind(last, memory.Span);
        return (first, last);
    }

    private (Segment First, Segment Last) Copy(ReadOnlySpan<byte> bytes, long position)
    {
        var first = Fresh(position, 1);
        return (first, CopyBehind(first, bytes));
    }

    private Segment CopyBehind(Segment last, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (last.Free.IsEmpty)
            {
                last.Following = Fresh(last.EndPosition, 1);
                last = last.Following;
            }

            var piece = bytes[..Math.Min(bytes.Length, last.Free.Length)];
            piece.CopyTo(last.Free.Span);
            last.Resize(last.Memory.Length + piece.Length);
            bytes = bytes[piece.Length..];
        }

        return last;
    }

    private void Link(Segment first, Segment last)
    {
        if (Tail is { } tail) tail.Following = first;
        else _head = first;
        Tail = last;
    }

    private Segment Fresh(long position, int size)
    {
        var segment = pool.Take(size).Segment;
        segment.Begin(position);
        return segment;
    }
}
