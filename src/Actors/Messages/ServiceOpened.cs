namespace Handoff.Messages;

/// <summary>The answer to <see cref="OpenService"/>.</summary>
/// <param name="Command">What it answers.</param>
/// <param name="Path">Where this process is reached: for <see cref="OpenPeer"/> in another one.</param>
public sealed record ServiceOpened(OpenService Command, string Path);
