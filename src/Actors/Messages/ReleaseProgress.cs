namespace Handoff.Messages;

/// <summary>How far a <see cref="ReleaseAll"/> is, each <c>handoff.release-all.progress-every</c> sockets.</summary>
/// <param name="Command">The command.</param>
/// <param name="Released">Sockets that were acquired.</param>
/// <param name="Failed">Sockets that were not, and never will be by this command.</param>
/// <param name="Left">Sockets that are on offer, or wait for their turn.</param>
public sealed record ReleaseProgress(ReleaseAll Command, int Released, int Failed, int Left);
