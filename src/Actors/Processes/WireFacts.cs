using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Handles.Frames;
using ActorFacts = Handoff.Messages.SocketFacts;
using FrameFacts = Handoff.Transport.Handles.Frames.SocketFacts;

namespace Handoff.Processes;

// What an owner's messages say of a socket, in the words of a frame, and back.
internal static class WireFacts
{
    private const string RecordTransport = "unix-record";

    public static FrameFacts Of(ActorFacts facts, SocketAttachment? attachment) => new(
        KindOf(facts), facts.Transport, facts.Local, facts.Remote, facts.Unread, facts.Unsent, attachment)
    {
        UnreadMessages = facts.UnreadMessages,
    };

    public static ActorFacts ToActors(FrameFacts facts, long id) => new(
        id, KindOf(facts.Kind), facts.Transport, facts.Local, facts.Remote, facts.Unread, facts.Unsent)
    {
        UnreadMessages = facts.UnreadMessages,
    };

    public static HandleCapabilities NeedsOf(FrameFacts facts)
    {
        var kind = facts.Kind switch
        {
            HandleKind.Stream => HandleCapabilities.Streams,
            HandleKind.Listener => HandleCapabilities.Listeners,
            HandleKind.Datagram => HandleCapabilities.Datagrams,
            HandleKind.Records when AssociationBaggage.IsOf(facts) =>
                HandleCapabilities.Records | HandleCapabilities.Associations,
            HandleKind.Records => HandleCapabilities.Records,
            _ => HandleCapabilities.Records | HandleCapabilities.Listeners,
        };
        return facts.Attachment is null ? kind : kind | HandleCapabilities.Attachments;
    }

    // What a socket of a transport is in another process; null where none can be.
    public static SocketResult? Unfit(FrameFacts facts)
    {
        var isKnown = facts.Kind switch
        {
            HandleKind.Stream or HandleKind.Listener => facts.Transport is "tcp" or "unix",
            HandleKind.Datagram => facts.Transport is "udp" or "unix-datagram",
            HandleKind.Records => facts.Transport is RecordTransport || AssociationBaggage.IsOf(facts),
            _ => facts.Transport is RecordTransport,
        };
        return isKnown
            ? null
            : new(ResultCode.EEMODENOTSUPP, $"a socket of kind {facts.Kind} of '{facts.Transport}' does not move");
    }

    private static HandleKind KindOf(ActorFacts facts) => facts.Kind switch
    {
        SocketKind.Connection => HandleKind.Stream,
        SocketKind.Listener when facts.Transport is RecordTransport => HandleKind.RecordListener,
        SocketKind.Listener => HandleKind.Listener,
        SocketKind.Datagrams => HandleKind.Datagram,
        _ => HandleKind.Records,
    };

    private static SocketKind KindOf(HandleKind kind) => kind switch
    {
        HandleKind.Stream => SocketKind.Connection,
        HandleKind.Listener or HandleKind.RecordListener => SocketKind.Listener,
        HandleKind.Datagram => SocketKind.Datagrams,
        _ => SocketKind.Records,
    };
}
