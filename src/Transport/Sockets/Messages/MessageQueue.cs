using System.Buffers;
using System.Net;

namespace Handoff.Transport.Sockets.Messages;

// Messages one way, oldest first, packed into blocks; an empty queue holds no block, and of its table the small part.
// Only called under the socket's gate.
internal sealed class MessageQueue(BlockPool pool, int maxMessages, int maxBytes)
{
    private const int SmallRing = 16;

    private Entry[] _small = [];
    private Entry[] _ring = [];
    private int _start;
    private Block? _tail;
    private int _tailUsed;

    // The position of the oldest message: how many were removed before it.
    public long First { get; private set; }

    public int Count { get; private set; }

    // The position behind the newest: how many there ever were.
    public long End { get; private set; }

    public long Bytes { get; private set; }

    public long BytesAppended { get; private set; }

    public long BytesRemoved { get; private set; }

    public bool IsFull => Count >= maxMessages || Bytes >= maxBytes;

    public bool HasRoom => Count < Math.Max(1, maxMessages / 2) && Bytes < Math.Max(1, maxBytes / 2);

    public MessageResult this[long position] => At((int)(position - First)).Message;

    // Before anything was in it: what another process had, from that position on.
    public void Begin(long first, IReadOnlyList<MessageResult> messages)
    {
        First = End = first;
        foreach (var (kind, bytes, facts, code) in messages) Append(kind, bytes.Span, facts, code);
    }

    // Oldest first, with bytes of their own.
    public MessageResult[] Copy()
    {
        var copies = new MessageResult[Count];
        for (var i = 0; i < Count; i++)
        {
            var message = At(i).Message;
            copies[i] = message with { Bytes = message.Bytes.ToArray() };
        }

        return copies;
    }

    public void Append(MessageKind kind, ReadOnlySpan<byte> bytes, in MessageFacts facts, ResultCode code)
    {
        if (Count == _ring.Length) Grow();
        var kept = Keep(bytes, out var block);
        At(Count) = new Entry(block, new MessageResult(kind, kept, facts, code));
        Count++;
        End++;
        Bytes += kept.Length;
        BytesAppended += kept.Length;
    }

    // What failed over and over is told once; at the bound a failure is the last word until there is room.
    public void AppendFailure(ResultCode code, EndPoint? to)
    {
        if (Count > 0 && At(Count - 1).Message is { Kind: MessageKind.Failure } last
            && (IsFull || (last.Code == code && Equals(last.Facts.Address, to))))
            return;
        Append(MessageKind.Failure, default, new MessageFacts { Address = to }, code);
    }

    // A message that was never kept, because the socket took it at once.
    public void Pass(int bytes)
    {
        First++;
        End++;
        BytesAppended += bytes;
        BytesRemoved += bytes;
    }

    public void Remove()
    {
        First++;
        BytesRemoved += Drop();
    }

    // Somebody may look at the oldest message for ever: its block is never used again, and so its bytes stay.
    public void DiscardFirst() => At(0).Block?.Discard();

    // What is left is for nobody, and was not removed by anybody.
    public void Clear()
    {
        while (Count > 0) Drop();
    }

    private int Drop()
    {
        ref var entry = ref At(0);
        var (block, length) = (entry.Block, entry.Message.Bytes.Length);
        entry = default;
        _start = (_start + 1) % _ring.Length;
        Count--;
        Bytes -= length;
        if (block is not null) Leave(block);
        if (Count == 0) Shrink();
        return length;
    }

    private ref Entry At(int index) => ref _ring[(_start + index) % _ring.Length];

    private ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> bytes, out Block? block)
    {
        block = null;
        if (bytes.IsEmpty) return default;
        if (_tail is null || _tail.IsDiscarded || _tail.Memory.Length - _tailUsed < bytes.Length)
        {
            _tail = pool.Take(bytes.Length);
            _tailUsed = 0;
        }

        block = _tail;
        var place = block.Memory.Slice(_tailUsed, bytes.Length);
        bytes.CopyTo(place.Span);
        _tailUsed += bytes.Length;
        block.Users++;
        return place;
    }

    private void Leave(Block block)
    {
        if (--block.Users > 0) return;
        if (block == _tail) _tail = null;
        block.GiveBack();
    }

    private void Grow()
    {
        if (Count == 0)
        {
            _ring = _small = new Entry[SmallRing];
            return;
        }

        var larger = ArrayPool<Entry>.Shared.Rent(2 * Count);
        for (var i = 0; i < Count; i++) larger[i] = At(i);
        Array.Clear(_ring);
        GiveBack(_ring);
        _ring = larger;
        _start = 0;
    }

    // Each entry was cleared when it was removed.
    private void Shrink()
    {
        GiveBack(_ring);
        _ring = _small;
        _start = 0;
    }

    private void GiveBack(Entry[] ring)
    {
        if (ring != _small) ArrayPool<Entry>.Shared.Return(ring);
    }

    private readonly record struct Entry(Block? Block, MessageResult Message);
}
