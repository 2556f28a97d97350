using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Handoff.Messages;

// 128 bits that only the socket and the holder of a handle know. Drawn in blocks: a system call a handle would be
// most of the cost of a handoff.
internal readonly record struct Secret(UInt128 Value)
{
    private const int Block = 256;

    [ThreadStatic]
    private static UInt128[]? drawn;

    [ThreadStatic]
    private static int left;

    public static Secret Draw()
    {
        drawn ??= new UInt128[Block];
        if (left == 0)
        {
            RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(drawn.AsSpan()));
            left = Block;
        }

        return new(drawn[--left]);
    }

    public override string ToString() => "secret";
}
