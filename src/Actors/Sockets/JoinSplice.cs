using Handoff.Messages;

namespace Handoff.Sockets;

// From the first socket of a splice to the second. It is a command of the owner's, with its authority over the second:
// whoever cannot be spliced refuses it like any other.
internal sealed record JoinSplice(SocketHandle Handle, SpliceSession Session) : ISocketCommand;
