using Handoff.Messages;

namespace Handoff.Sockets;

// A socket that its owner reads from, by a lease or by messages.
internal interface IReadable : IOwned
{
    // Null while the owner reads by lease, and while nobody owns.
    CreditIo? Reader { get; }

    // Ends the lease that there is, and opens the next one. What an owner by lease is told; null for one by messages.
    object? ReadBy(SocketHandle handle, Reading reading);
}
