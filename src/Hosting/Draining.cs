namespace Handoff.Hosting;

/// <summary>
/// To the owner of a declared listener's connections, once, when its host stops: no further connection comes. It ends
/// what is under way and closes it, or releases it to somebody else. What is left after that time is closed, and then
/// aborted.
/// </summary>
/// <param name="Within">How long it has: <c>handoff.hosting.drain.finish-timeout</c>.</param>
public sealed record Draining(TimeSpan Within);
