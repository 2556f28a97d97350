using System.Net;

namespace Handoff.Transport.Handles.Frames;

// Bytes that wait, with the sender or receiver where the socket has no peer. A stream has one, without an address.
internal sealed record QueuedMessage(EndPoint? Address, ReadOnlyMemory<byte> Bytes);
