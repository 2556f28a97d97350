namespace Handoff.Transport.Sockets;

internal sealed record SpliceOutcome(SpliceEnd Why, SocketResult Result, long There, long Back);
