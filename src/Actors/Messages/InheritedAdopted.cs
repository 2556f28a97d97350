namespace Handoff.Messages;

/// <summary>The answer to <see cref="AdoptInherited"/>, once every offer has its outcome.</summary>
/// <param name="Command">What it answers.</param>
/// <param name="Acquired">Sockets that have an owner here.</param>
/// <param name="Closed">
/// Those that have none, with their names and why: as <see cref="InheritedSocket.Result"/>, or what became of the
/// offer: <c>EESOCKNOTRLSD</c> (declined), <c>EETIMEDOUT</c>, <c>EENOADDR</c> (the target has stopped).
/// </param>
public sealed record InheritedAdopted(AdoptInherited Command, int Acquired, IReadOnlyList<InheritedSocket> Closed);
