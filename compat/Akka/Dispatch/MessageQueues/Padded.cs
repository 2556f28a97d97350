using System.Runtime.InteropServices;

namespace Akka.Dispatch.MessageQueues;

// A number that one side writes for each message, a cache line away from what the other side reads for each.
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal struct Padded
{
    [FieldOffset(64)]
    internal int Value;
}
