namespace Handoff.Messages;

/// <summary>A name under which another process of this host gives a socket.</summary>
/// <param name="Name">The name; those that were drawn are secret and not told.</param>
/// <param name="ProcessId">The process that gives.</param>
public sealed record GivenElsewhere(string Name, int ProcessId);
