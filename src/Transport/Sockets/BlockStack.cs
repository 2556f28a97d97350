using System.Runtime.InteropServices;

namespace Handoff.Transport.Sockets;

// Idle blocks of one size. Each processor keeps the last few to itself, so that a message costs no lock.
internal sealed class BlockStack(BlockPool pool, int size, int maxIdle)
{
    private readonly Lock _gate = new();
    private readonly Near[] _near = new Near[Math.Min(Environment.ProcessorCount, 64)];
    private Block? _idle;
    private int _idleCount;
    private int _madeCount;

    public int MadeCount => Volatile.Read(ref _madeCount);

    public int IdleCount
    {
        get
        {
            lock (_gate)
            {
                return _idleCount
                    + _near.Sum(near => (near.First is null ? 0 : 1) + (near.Second is null ? 0 : 1));
            }
        }
    }

    public Block Take()
    {
        ref var near = ref Here();
        var block = Interlocked.Exchange(ref near.First, null)
            ?? Interlocked.Exchange(ref near.Second, null)
            ?? Pop() ?? Far();
        if (block is null)
        {
            Interlocked.Increment(ref _madeCount);
            block = new Block(size, pool);
        }

        block.TakeOut();
        return block;
    }

    public void Return(Block block)
    {
        if (maxIdle < 2 * _near.Length)
        {
            Push(block);
            return;
        }

        ref var near = ref Here();
        if (Interlocked.CompareExchange(ref near.First, block, null) is not null
            && Interlocked.CompareExchange(ref near.Second, block, null) is not null)
            Push(block);
    }

    public void Clear()
    {
        lock (_gate)
        {
            _idle = null;
            _idleCount = 0;
        }

        Array.Clear(_near);
    }

    private ref Near Here() => ref _near[Thread.GetCurrentProcessorId() % _near.Length];

    private Block? Pop()
    {
        if (Volatile.Read(ref _idle) is null) return null;
        lock (_gate)
        {
            if (_idle is not { } block) return null;
            _idle = block.NextIdle;
            block.NextIdle = null;
            _idleCount--;
            return block;
        }
    }

    // What another processor keeps, before a new one is made.
    private Block? Far()
    {
        for (var i = 0; i < _near.Length; i++)
        {
            var block = Interlocked.Exchange(ref _near[i].First, null)
                ?? Interlocked.Exchange(ref _near[i].Second, null);
            if (block is not null) return block;
        }

        return null;
    }

    private void Push(Block block)
    {
        lock (_gate)
        {
            if (_idleCount >= maxIdle) return;
            block.NextIdle = _idle;
            _idle = block;
            _idleCount++;
        }
    }

    // A cache line of its own, and the one that is fetched with it.
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Near
    {
        public Block? First;
        public Block? Second;
        private readonly Padding _padding;
    }

    [System.Runtime.CompilerServices.InlineArray(112)]
    private struct Padding
    {
        private byte _first;
    }
}
