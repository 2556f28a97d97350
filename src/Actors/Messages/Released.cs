using Akka.Actor;

namespace Handoff.Messages;

/// <summary>The answer to <see cref="Release"/>: ownership moved (<c>EESUCCESS</c>); the old handle is void.</summary>
/// <param name="Release">The command.</param>
/// <param name="Owner">The new owner.</param>
public sealed record Released(Release Release, IActorRef Owner);
