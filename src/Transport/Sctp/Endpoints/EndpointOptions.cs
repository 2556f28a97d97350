using System.IO.Pipelines;

namespace Handoff.Transport.Sctp.Endpoints;

// The bounds of a one-to-many socket whose associations are sockets of their own.
internal sealed record EndpointOptions
{
    // Associations that came up and that nobody has accepted; one more is aborted.
    public required int Backlog { get; init; }

    // Messages, pieces and events of one association that wait for its owner; at the bound it is peeled off.
    public required int OfferMessages { get; init; }

    // The same in bytes.
    public required int OfferBuffer { get; init; }

    // Bytes that one receive may bring; a longer message comes in pieces.
    public required int ReceiveSize { get; init; }

    // Where whoever waits goes on; but a reader goes on where the endpoint receives, and must not block.
    public required PipeScheduler Scheduler { get; init; }
}
