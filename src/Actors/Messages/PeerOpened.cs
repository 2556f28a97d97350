using Akka.Actor;

namespace Handoff.Messages;

/// <summary>The answer to <see cref="OpenPeer"/>.</summary>
/// <param name="Command">What it answers.</param>
/// <param name="Peer">
/// A target like any actor: what is released to it is offered to the service in the other process, and its
/// <see cref="Acquire"/> there is this one's here. Stopping it drops what it has on offer.
/// </param>
public sealed record PeerOpened(OpenPeer Command, IActorRef Peer);
