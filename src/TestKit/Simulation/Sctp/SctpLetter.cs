using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;

namespace Handoff.TestKit.Simulation.Sctp;

// A message on its way.
internal sealed class SctpLetter(long message, byte[] bytes, SctpSendInfo info)
{
    public long Message => message;

    public ReadOnlyMemory<byte> Left { get; set; } = bytes;

    public SctpSendInfo Info => info;

    public TimeSpan Due { get; set; }

    // When it is given up; null for never.
    public TimeSpan? Deadline { get; init; }

    public ushort Sequence { get; init; }

    public uint Transmission { get; init; }

    public bool IsUnordered => info.Flags.HasFlag(SctpSendFlags.Unordered);
}
