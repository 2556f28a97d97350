using System.Diagnostics;
using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Processes;

// One socket of a consignment: whose it is, and what is said to it and about it. The command is the carrier's, for
// itself.
internal sealed record Parcel(
    IActorRef Socket, object Command, SocketFacts Facts, Transport.Handles.Frames.SocketAttachment? Attachment)
{
    public ActivityContext? Trace { get; init; }
}
