using Handoff.Transport.Engine;

namespace Handoff.Messages;

/// <summary>
/// Sets an option by its numbers on this system: setsockopt(2). Answered as <see cref="SetOption"/>; also
/// <c>EEMSGSIZE</c> for a value that has none or more than <see cref="ISocketOptions.LargestRawOption"/> bytes.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Level">The level.</param>
/// <param name="Name">The name.</param>
/// <param name="Value">The value; not to be changed before the answer.</param>
public sealed record SetRawOption(SocketHandle Handle, int Level, int Name, ReadOnlyMemory<byte> Value)
    : ISocketCommand;
