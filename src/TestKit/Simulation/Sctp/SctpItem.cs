using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;

namespace Handoff.TestKit.Simulation.Sctp;

// What waits to be received: a message, a piece of one, or an event. The pieces of a message have its number.
internal sealed class SctpItem(AssociationEnd end, IPEndPoint sender)
{
    public AssociationEnd End => end;

    public IPEndPoint Sender => sender;

    public SctpEvent? Event { get; init; }

    public long Message { get; init; }

    public ReadOnlyMemory<byte> Bytes { get; set; }

    public SctpReceiveInfo Info { get; init; }

    public bool IsEndOfMessage { get; init; }
}
