using System.Buffers;

namespace Handoff.Transport.Sockets;

/// <summary>Blocks of one size, pooled together with the objects that wrap them. Thread-safe.</summary>
public sealed class BlockPool : MemoryPool<byte>
{
    /// <summary>A pool of its own.</summary>
    /// <param name="blockSize">Bytes of a block; at least 256.</param>
    /// <param name="maxIdle">How many idle blocks are kept; the rest is left to the garbage collector.</param>
    public BlockPool(int blockSize = 16 * 1024, int maxIdle = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 256);
        ArgumentOutOfRangeException.ThrowIfNegative(maxIdle);
        BlockSize = blockSize;
    }

    /// <summary>The pool of the process: blocks of 16 KiB, 4096 of them idle at most (64 MiB).</summary>
    public static new BlockPool Shared { get; } = new();

    /// <summary>Bytes of a block.</summary>
    public int BlockSize { get; }

    /// <inheritdoc/>
    public override int MaxBufferSize => BlockSize;

    /// <inheritdoc/>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => throw new NotImplementedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }
}
