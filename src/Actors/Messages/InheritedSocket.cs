using Handoff.Transport;

namespace Handoff.Messages;

/// <summary>A socket that this process was started with.</summary>
/// <param name="Name">
/// Its name in <c>LISTEN_FDNAMES</c> (<c>FileDescriptorName=</c> of <c>systemd.socket(5)</c>), which several may have;
/// <c>unknown</c> where none was said.
/// </param>
/// <param name="Facts">What it is, under the number that its offer has; null where it is of no use here.</param>
/// <param name="Result">
/// Success; or why not: <c>EEMODENOTSUPP</c> (of a kind that there is no transport for), <c>EENOTCONN</c> (a stream
/// that neither listens nor is connected).
/// </param>
public sealed record InheritedSocket(string Name, SocketFacts? Facts, SocketResult Result);
