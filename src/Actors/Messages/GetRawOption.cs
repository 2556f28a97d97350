using Handoff.Transport.Engine;

namespace Handoff.Messages;

/// <summary>
/// Reads an option by its numbers on this system: getsockopt(2). Answered by <see cref="RawOptionValue"/>, or as
/// <see cref="SetRawOption"/>.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Level">The level.</param>
/// <param name="Name">The name.</param>
/// <param name="Size">Bytes to make room for, 1 to <see cref="ISocketOptions.LargestRawOption"/>.</param>
public sealed record GetRawOption(SocketHandle Handle, int Level, int Name, int Size) : ISocketCommand;
