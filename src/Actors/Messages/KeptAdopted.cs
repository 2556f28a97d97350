using Handoff.Transport;

namespace Handoff.Messages;

/// <summary>The answer to <see cref="AdoptKept"/>, once every offer has its outcome.</summary>
/// <param name="Command">What it answers.</param>
/// <param name="Acquired">Sockets that have an owner here.</param>
/// <param name="Closed">Sockets that nobody acquired, or that are of no use here.</param>
/// <param name="Result">Success, or why the keeper did not give all that it had.</param>
public sealed record KeptAdopted(AdoptKept Command, int Acquired, int Closed, SocketResult Result);
