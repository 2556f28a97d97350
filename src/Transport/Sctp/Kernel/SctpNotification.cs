using Handoff.Transport.Associations;

namespace Handoff.Transport.Sctp.Kernel;

// What the kernel told of an association. Event: what owners are told of it; null where that is nothing.
internal readonly record struct SctpNotification(SctpAssociationId Association, SctpEvent? Event)
{
    // Whether the peer was found not to answer at an address, or to answer there again; null: neither.
    public bool? Answers { get; init; }
}
