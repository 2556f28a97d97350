using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Handoff.Processes;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Actors.Tests.Processes;

public sealed class AssociationBaggageTests
{
    private static readonly IPEndPoint Here = new(IPAddress.Loopback, 7);
    private static readonly MessageOptions Bounds = new(PipeScheduler.Inline, PipeScheduler.Inline);

    private static readonly SctpReceiveInfo Info =
        new(new SctpAssociationId(9), 2, 3, 7, 100, 99, 0, IsUnordered: false);

    private static readonly SctpSendInfo Sending = new() { Stream = 3, PayloadProtocol = 8, Context = 4 };

    private static readonly SocketFacts Facts = new(HandleKind.Records, "sctp", Here, Here, 0, 0, null);

    [Fact]
    public void What_is_known_of_messages_is_packed_and_unpacked_as_it_was()
    {
        MessageResult[] unread =
        [
            new(
                MessageKind.Data,
                "a"u8.ToArray(),
                new MessageFacts { Address = Here, IsTruncated = true, Info = Info },
                ResultCode.EESUCCESS),
        ];
        MessageResult[] unsent =
        [
            new(MessageKind.Data, "b"u8.ToArray(), new MessageFacts { Sending = Sending }, ResultCode.EESUCCESS),
            new(MessageKind.Data, "c"u8.ToArray(), default, ResultCode.EESUCCESS),
        ];
        var baggage = MessageBaggage.Of(new DetachedMessages(3, 4, unread, unsent)).Baggage;
        Assert.Null(MessageBaggage.Nonsense(new(Facts, baggage), Bounds));
        var after = MessageBaggage.ToSocket(baggage);
        Assert.Equal(unread, after.Unread);
        Assert.Equal(unsent, after.Unsent);
    }

    [Fact]
    public void An_event_that_waits_holds_it_here()
    {
        var what = new SctpSenderDry(new SctpAssociationId(1));
        var told = new MessageResult(
            MessageKind.Event, default, new MessageFacts { Event = what }, ResultCode.EESUCCESS);
        Assert.Equal(ResultCode.EEBUSY, MessageBaggage.Obstacle(new DetachedMessages(0, 0, [told], []))?.Code);
    }

    [Theory]
    [InlineData("unread to be sent", ResultCode.EEBADDATA)]
    [InlineData("unread of a path", ResultCode.EEBADADDR)]
    [InlineData("unread without bytes", ResultCode.EEBADDATA)]
    [InlineData("unsent that came", ResultCode.EEBADDATA)]
    [InlineData("unsent cut", ResultCode.EEBADDATA)]
    [InlineData("unsent failure", ResultCode.EEBADDATA)]
    [InlineData("unsent to a path", ResultCode.EEBADADDR)]
    [InlineData("unsent without bytes", ResultCode.EEBADDATA)]
    public void What_cannot_be_is_refused_with_its_code(string what, ResultCode code)
    {
        var (one, path) = (new QueuedMessage(null, "a"u8.ToArray()), new UnixDomainSocketEndPoint("/a"));
        var message = what switch
        {
            "unread to be sent" or "unsent" => one with { Sending = Sending },
            "unread of a path" or "unsent to a path" => one with { Address = path },
            "unread without bytes" or "unsent without bytes" => one with { Bytes = default },
            "unsent that came" => one with { Received = Info },
            "unsent cut" => one with { IsTruncated = true },
            _ => new QueuedMessage(null, default) { Failure = ResultCode.EEUNREACH },
        };
        QueuedMessage[] unread = what.StartsWith("unread", StringComparison.Ordinal) ? [message] : [];
        QueuedMessage[] unsent = unread.Length == 0 ? [message] : [];
        var baggage = new SocketBaggage(0, unsent.Length, SocketEnds.None, unread, unsent);
        Assert.Equal(code, MessageBaggage.Nonsense(new(Facts, baggage), Bounds)?.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_known_of_an_associations_messages_is_nonsense_of_others(bool isReceived)
    {
        var message = new QueuedMessage(Here, "a"u8.ToArray());
        message = isReceived ? message with { Received = Info } : message with { Sending = Sending };
        var facts = new SocketFacts(HandleKind.Datagram, "udp", Here, null, 0, 0, null);
        var baggage = new SocketBaggage(0, 1, SocketEnds.None, [], [message]);
        Assert.Equal(ResultCode.EEBADDATA, MessageBaggage.Nonsense(new(facts, baggage), Bounds)?.Code);
    }

    [Theory]
    [InlineData("sctp", HandleCapabilities.Records | HandleCapabilities.Associations)]
    [InlineData("sctp-one-to-one", HandleCapabilities.Records | HandleCapabilities.Associations)]
    [InlineData("unix-record", HandleCapabilities.Records)]
    public void A_taker_that_knows_no_associations_declines_one(string transport, object needs)
    {
        Assert.Equal(needs, WireFacts.NeedsOf(Facts with { Transport = transport }));
        Assert.Null(WireFacts.Unfit(Facts with { Transport = transport }));
    }

    [Fact]
    public void A_listener_of_associations_stays()
    {
        foreach (var kind in new[] { HandleKind.Listener, HandleKind.RecordListener })
            Assert.Equal(ResultCode.EEMODENOTSUPP, WireFacts.Unfit(Facts with { Kind = kind })?.Code);
    }
}
