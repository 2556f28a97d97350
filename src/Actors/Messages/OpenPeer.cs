using Akka.Actor;

namespace Handoff.Messages;

/// <summary>
/// Told to <c>HandoffExtension.Processes</c>: makes a target of another process of this host, for
/// <see cref="Release"/>. Answered by <see cref="PeerOpened"/>, or by <see cref="Refused"/>: <c>EEMODENOTSUPP</c> (not
/// Linux, or another engine), <c>EEBADADDR</c> (the path is no name of a socket), <c>EEQUOTA</c>
/// (<c>handoff.processes.max-targets</c>). Nothing is connected before something is released.
/// </summary>
/// <param name="Path">Where the other process answers: what its <see cref="ServiceOpened"/> says.</param>
/// <param name="Service">Who is to answer there: the name of its <see cref="OpenService"/>.</param>
public sealed record OpenPeer(string Path, string Service)
{
    /// <summary>
    /// Collects what is released to it until <see cref="SendBatch"/>, and then carries all of it in one move, or
    /// nothing; at most <c>handoff.handles.max-sockets</c>. Each offer stands as long as its release says.
    /// </summary>
    public bool IsBatch { get; init; }
}
