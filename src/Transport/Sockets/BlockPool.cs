using System.Buffers;

namespace Handoff.Transport.Sockets;

/// <summary>Blocks of one size, pooled together with the objects that wrap them. Thread-safe.</summary>
public sealed class BlockPool : MemoryPool<byte>
{
    private readonly Lock _gate = new();
    private readonly int _maxIdle;
    private Block? _idle;
    private int _idleCount;
    private int _madeCount;

    /// <summary>A pool of its own.</summary>
    /// <param name="blockSize">Bytes of a block; at least 256.</param>
    /// <param name="maxIdle">How many idle blocks are kept; the rest is left to the garbage collector.</param>
    public BlockPool(int blockSize = 16 * 1024, int maxIdle = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 256);
        ArgumentOutOfRangeException.ThrowIfNegative(maxIdle);
        BlockSize = blockSize;
        _maxIdle = maxIdle;
    }

    /// <summary>The pool of the process: blocks of 16 KiB, 4096 of them idle at most (64 MiB).</summary>
    public static new BlockPool Shared { get; } = new();

    /// <summary>Bytes of a block.</summary>
    public int BlockSize { get; }

    /// <inheritdoc/>
    public override int MaxBufferSize => BlockSize;

    internal int MadeCount => Volatile.Read(ref _madeCount);

    internal int IdleCount
    {
        get
        {
            lock (_gate) return _idleCount;
        }
    }

    /// <summary>A block of <see cref="BlockSize"/> bytes; what is in it is left over from earlier use.</summary>
    /// <param name="minBufferSize">At most <see cref="BlockSize"/>; -1 for any.</param>
    /// <returns>The block; whoever disposes it gives it back, once.</returns>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minBufferSize, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
        return Take();
    }

    internal Block Take()
    {
        Block? block;
        lock (_gate)
        {
            block = _idle;
            if (block is not null)
            {
                _idle = block.NextIdle;
                block.NextIdle = null;
                _idleCount--;
            }
        }

        if (block is null)
        {
            Interlocked.Increment(ref _madeCount);
            block = new Block(BlockSize, this);
        }

        block.TakeOut();
        return block;
    }

    // Larger than a block only where an owner asks for that much in one piece; such a block is not pooled.
    internal Block Take(int size) => size <= BlockSize ? Take() : new Block(size, pool: null);

    internal void Return(Block block)
    {
        lock (_gate)
        {
            if (_idleCount >= _maxIdle) return;
            block.NextIdle = _idle;
            _idle = block;
            _idleCount++;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            _idle = null;
            _idleCount = 0;
        }
    }
}
