using System.Buffers;
using System.Runtime.InteropServices;

namespace Handoff.Transport.Sockets;

internal sealed class Block : MemoryManager<byte>
{
    private readonly byte[] _bytes;
    private readonly BlockPool? _pool;
    private int _isOut;

    public Block(int size, BlockPool? pool)
    {
        _bytes = GC.AllocateUninitializedArray<byte>(size, pinned: true);
        _pool = pool;
        Memory = CreateMemory(size);
        Segment = new Segment(this);
    }

    public override Memory<byte> Memory { get; }

    public Segment Segment { get; }

    public Block? NextIdle { get; set; }

    // Messages in it, where it holds messages.
    public int Users { get; set; }

    // Somebody may look at it, or write to it, after it was given back: it is left to the garbage collector.
    public bool IsDiscarded { get; private set; }

    public void Discard() => IsDiscarded = true;

    public void TakeOut() => Volatile.Write(ref _isOut, 1);

    public void GiveBack()
    {
        if (Interlocked.Exchange(ref _isOut, 0) == 0 || IsDiscarded || _pool is null) return;
        Segment.Begin(0);
        _pool.Return(this);
    }

    public override Span<byte> GetSpan() => _bytes;

    public override MemoryHandle Pin(int elementIndex = 0)
        => MemoryMarshal.CreateFromPinnedArray(_bytes, elementIndex, _bytes.Length - elementIndex).Pin();

    public override void Unpin()
    {
    }

    protected override bool TryGetArray(out ArraySegment<byte> segment)
    {
        segment = new ArraySegment<byte>(_bytes);
        return true;
    }

    protected override void Dispose(bool disposing) => GiveBack();
}
