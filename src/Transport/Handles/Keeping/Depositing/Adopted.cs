namespace Handoff.Transport.Handles.Keeping.Depositing;

// What came of one question for what was left: none and success where nothing is left any more.
internal sealed record Adopted(SocketResult Result, IReadOnlyList<AdoptedSocket> Sockets);
