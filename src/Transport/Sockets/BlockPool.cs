using System.Buffers;

namespace Handoff.Transport.Sockets;

/// <summary>
/// Blocks of two sizes, pooled together with the objects that wrap them: small ones, and large ones for a stream that
/// fills them. Thread-safe.
/// </summary>
public sealed class BlockPool : MemoryPool<byte>
{
    private const int LargeOverSmall = 4;
    private const int FewerLargeOnes = 16;

    private readonly BlockStack _small;
    private readonly BlockStack _large;

    /// <summary>A pool of its own.</summary>
    /// <param name="blockSize">Bytes of a small block; at least 256. A large one has four times as many.</param>
    /// <param name="maxIdle">
    /// How many idle small blocks are kept, and a sixteenth of that of large ones; the rest is left to the garbage
    /// collector. Each processor may keep two more of each.
    /// </param>
    public BlockPool(int blockSize = 16 * 1024, int maxIdle = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 256);
        ArgumentOutOfRangeException.ThrowIfNegative(maxIdle);
        BlockSize = blockSize;
        LargeBlockSize = blockSize * LargeOverSmall;
        _small = new BlockStack(this, BlockSize, maxIdle);
        _large = new BlockStack(this, LargeBlockSize, maxIdle / FewerLargeOnes);
    }

    /// <summary>
    /// The pool of the process: blocks of 16 and 64 KiB, at most 4096 and 256 of them idle (80 MiB).
    /// </summary>
    public static new BlockPool Shared { get; } = new();

    /// <summary>Bytes of a small block, which is what is rented.</summary>
    public int BlockSize { get; }

    /// <summary>Bytes of a large block.</summary>
    public int LargeBlockSize { get; }

    /// <inheritdoc/>
    public override int MaxBufferSize => BlockSize;

    internal int MadeCount => _small.MadeCount + _large.MadeCount;

    internal int IdleCount => _small.IdleCount + _large.IdleCount;

    /// <summary>A block of <see cref="BlockSize"/> bytes; what is in it is left over from earlier use.</summary>
    /// <param name="minBufferSize">At most <see cref="BlockSize"/>; -1 for any.</param>
    /// <returns>The block; whoever disposes it gives it back, once.</returns>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minBufferSize, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
        return Take();
    }

    internal Block Take() => _small.Take();

    // Larger than a large block only where an owner asks for that much in one piece; such a block is not pooled.
    internal Block Take(int size) => size <= BlockSize ? _small.Take()
        : size <= LargeBlockSize ? _large.Take()
        : new Block(size, pool: null);

    internal void Return(Block block) => (block.Memory.Length == BlockSize ? _small : _large).Return(block);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _small.Clear();
        _large.Clear();
    }
}
