using Handoff.Transport.Sockets;

namespace Handoff.Contracts.Tests.Setup;

internal sealed record Pair(SocketConnection Client, SocketConnection Server, SocketLease Near, SocketLease Far);
