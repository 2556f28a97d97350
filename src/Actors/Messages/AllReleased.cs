namespace Handoff.Messages;

/// <summary>The last answer to <see cref="ReleaseAll"/>, also where it failed in part or as a whole.</summary>
/// <param name="Command">The command.</param>
/// <param name="Released">Sockets that were acquired.</param>
/// <param name="Failed">Those that were not, and why; an owner keeps them unless they were closed.</param>
public sealed record AllReleased(ReleaseAll Command, int Released, IReadOnlyList<FailedRelease> Failed);
