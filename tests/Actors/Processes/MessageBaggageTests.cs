using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Handoff.Processes;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Sockets.Messages;
using SocketKind = Handoff.Messages.SocketKind;

namespace Handoff.Actors.Tests.Processes;

// What a peer may write beside a socket whose unit is a message.
public sealed class MessageBaggageTests
{
    private static readonly IPEndPoint Here = new(IPAddress.Loopback, 7);
    private static readonly IPEndPoint Elsewhere = new(IPAddress.IPv6Loopback, 7);
    private static readonly UnixDomainSocketEndPoint Name = new("\0name");
    private static readonly SocketBaggage Nothing = new(0, 0, SocketEnds.None, [], []);

    private static readonly MessageOptions Bounds = new(PipeScheduler.Inline, PipeScheduler.Inline)
    {
        MaxMessage = 10,
        ReceiveMessages = 3,
        ReceiveBuffer = 20,
        SendMessages = 2,
        SendBuffer = 15,
    };

    private static SocketFacts Bound { get; } = new(HandleKind.Datagram, "udp", Here, null, 0, 0, null);

    private static SocketFacts WithPeer { get; } = Bound with { Remote = Here };

    private static SocketFacts Records { get; } = new(HandleKind.Records, "unix-record", null, Name, 0, 0, null);

    // Kind of socket, what is wrong, the code.
    public static TheoryData<string, string, ResultCode> Wrong => new()
    {
        { "bound", "input ended", ResultCode.EEBADDATA },
        { "bound", "reset", ResultCode.EEBADDATA },
        { "records", "shut", ResultCode.EEBADDATA },
        { "records", "reset and ended", ResultCode.EEBADDATA },
        { "records", "empty unread", ResultCode.EEBADDATA },
        { "records", "empty unsent", ResultCode.EEBADDATA },
        { "records", "unread of IPv4", ResultCode.EEBADADDR },
        { "records", "unsent to somebody", ResultCode.EEBADADDR },
        { "nowhere", "nothing", ResultCode.EEBADDATA },
        { "bound", "consumed too much", ResultCode.EEBADDATA },
        { "bound", "written too little", ResultCode.EEBADDATA },
        { "bound", "unread of IPv6", ResultCode.EEBADADDR },
        { "bound", "unsent to IPv6", ResultCode.EEBADADDR },
        { "bound", "unsent to nobody", ResultCode.EEBADADDR },
        { "with peer", "unsent to somebody", ResultCode.EEBADADDR },
        { "bound", "unsent failure", ResultCode.EEBADDATA },
        { "bound", "unsent cut", ResultCode.EEBADDATA },
        { "bound", "unread too long", ResultCode.EEMSGSIZE },
        { "bound", "unsent too long", ResultCode.EEMSGSIZE },
        { "bound", "too many unread", ResultCode.EEMSGSIZE },
        { "bound", "too many unsent", ResultCode.EEMSGSIZE },
        { "bound", "too many bytes unread", ResultCode.EEMSGSIZE },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_cannot_be_is_refused_with_its_code(string socket, string what, ResultCode code)
    {
        var arrived = new ArrivedSocket(FactsOf(socket), BaggageOf(what));
        Assert.Equal(code, MessageBaggage.Nonsense(arrived, Bounds)?.Code);
    }

    [Fact]
    public void What_fills_every_bound_is_taken()
    {
        var failure = new QueuedMessage(Here, default) { Failure = ResultCode.EECONNREFUSED };
        var cut = Message(Here, 10) with { IsTruncated = true };
        var full = new SocketBaggage(
            5, 7, SocketEnds.None, [Message(null, 9), cut, cut, failure], [Message(Here, 10), Message(Here, 10)]);
        Assert.Null(MessageBaggage.Nonsense(new(Bound, full), Bounds));
        var ended = new SocketBaggage(
            5, 7, SocketEnds.Input | SocketEnds.Output, [Message(Name, 1)], [Message(null, 10)]);
        Assert.Null(MessageBaggage.Nonsense(new(Records, ended), Bounds));
        Assert.Null(MessageBaggage.Nonsense(new(Records, Nothing with { Ends = SocketEnds.Reset }), Bounds));
        Assert.Null(MessageBaggage.Nonsense(new(WithPeer, Unsent(Message(null, 0))), Bounds));
    }

    [Fact]
    public void What_is_packed_is_unpacked_as_it_was()
    {
        MessageResult[] unread =
        [
            new(
                MessageKind.Data,
                "a"u8.ToArray(),
                new MessageFacts { Address = Here, IsTruncated = true },
                ResultCode.EESUCCESS),
            new(MessageKind.Failure, default, new MessageFacts { Address = Here }, ResultCode.EEUNREACH),
        ];
        MessageResult[] unsent =
            [new(MessageKind.Data, default, new MessageFacts { Address = Here }, ResultCode.EESUCCESS)];
        var before = new DetachedMessages(3, 4, unread, unsent) { IsReset = true, IsOutputFinished = true };
        var after = MessageBaggage.ToSocket(MessageBaggage.Of(before).Baggage);
        Assert.Equal(
            (3L, 4L, false, true, true),
            (after.Consumed, after.Written, after.IsInputFinished, after.IsReset, after.IsOutputFinished));
        Assert.Equal(unread, after.Unread);
        Assert.Equal(unsent, after.Unsent);
    }

    // Such a sender's messages come without it: nobody could read the frame otherwise.
    [Fact]
    public void A_sender_whose_name_cannot_be_written_is_left_out()
    {
        var odd = new UnixDomainSocketEndPoint("\0\0");
        var message = new MessageResult(
            MessageKind.Data, "a"u8.ToArray(), new MessageFacts { Address = odd }, ResultCode.EESUCCESS);
        var packed = MessageBaggage.Of(new DetachedMessages(0, 0, [message], [])).Baggage;
        Assert.Null(Assert.Single(packed.Unread).Address);
    }

    [Fact]
    public void More_messages_than_a_frame_may_have_do_not_leave()
    {
        var most = Enumerable.Repeat(default(MessageResult), FrameBounds.Messages + 1).ToArray();
        Assert.Equal(
            ResultCode.EEMSGSIZE, MessageBaggage.Obstacle(new DetachedMessages(0, 0, most, []))?.Code);
        Assert.Null(MessageBaggage.Obstacle(new DetachedMessages(0, 0, most[1..], [])));
    }

    [Theory]
    [InlineData("stream of messages")]
    [InlineData("stream that was reset")]
    [InlineData("listener with bytes")]
    public void What_is_no_message_sockets_has_nothing_of_one(string what)
    {
        var failure = new QueuedMessage(null, default) { Failure = ResultCode.EECONNREFUSED };
        var nonsense = what switch
        {
            "stream of messages" => Baggage.Nonsense(Nothing with { Unread = [failure] }),
            "stream that was reset" => Baggage.Nonsense(Nothing with { Ends = SocketEnds.Reset }),
            _ => Baggage.NonsenseOfListener(Nothing with { Unread = [Message(null, 1)] }),
        };
        Assert.Equal(ResultCode.EEBADDATA, nonsense?.Code);
    }

    [Theory]
    [InlineData(SocketKind.Datagrams, "udp", true)]
    [InlineData(SocketKind.Datagrams, "unix-datagram", true)]
    [InlineData(SocketKind.Records, "unix-record", true)]
    [InlineData(SocketKind.Listener, "unix-record", true)]
    [InlineData(SocketKind.Listener, "unix", true)]
    [InlineData(SocketKind.Datagrams, "memory", false)]
    [InlineData(SocketKind.Connection, "memory", false)]
    [InlineData(SocketKind.Records, "unix", false)]
    [InlineData(SocketKind.Connection, "udp", false)]
    public void A_transport_that_has_no_descriptors_is_refused_before_anything_is_offered(
        SocketKind kind, string transport, bool isFit)
    {
        var facts = WireFacts.Of(new Handoff.Messages.SocketFacts(1, kind, transport, null, null, 0, 0), null);
        Assert.Equal(isFit ? null : ResultCode.EEMODENOTSUPP, WireFacts.Unfit(facts)?.Code);
    }

    private static SocketFacts FactsOf(string socket) => socket switch
    {
        "bound" => Bound,
        "with peer" => WithPeer,
        "records" => Records,
        _ => Bound with { Local = null },
    };

    private static SocketBaggage BaggageOf(string what) => what switch
    {
        "input ended" => Nothing with { Ends = SocketEnds.Input },
        "reset" => Nothing with { Ends = SocketEnds.Reset },
        "shut" => Nothing with { Ends = SocketEnds.Shut },
        "reset and ended" => Nothing with { Ends = SocketEnds.Reset | SocketEnds.Input },
        "empty unread" => Unread(Message(Name, 0)),
        "empty unsent" => Unsent(Message(null, 0)),
        "unread of IPv4" => Unread(Message(Here, 1)),
        "unsent to somebody" => Unsent(Message(Here, 1)),
        "consumed too much" => Nothing with { Consumed = long.MaxValue },
        "written too little" => Unsent(Message(Here, 1)) with { Written = 0 },
        "unread of IPv6" => Unread(Message(Elsewhere, 1)),
        "unsent to IPv6" => Unsent(Message(Elsewhere, 1)),
        "unsent to nobody" => Unsent(Message(null, 1)),
        "unsent failure" => Unsent(new QueuedMessage(Here, default) { Failure = ResultCode.EEUNREACH }),
        "unsent cut" => Unsent(Message(Here, 1) with { IsTruncated = true }),
        "unread too long" => Unread(Message(Here, 11)),
        "unsent too long" => Unsent(Message(Here, 11)),
        "too many unread" => Unread([.. Enumerable.Repeat(Message(Here, 1), 5)]),
        "too many unsent" => Unsent([.. Enumerable.Repeat(Message(Here, 1), 3)]),
        "too many bytes unread" => Unread(Message(Here, 10), Message(Here, 10), Message(Here, 1)),
        _ => Nothing,
    };

    private static SocketBaggage Unread(params QueuedMessage[] messages) => Nothing with { Unread = messages };

    private static SocketBaggage Unsent(params QueuedMessage[] messages) =>
        Nothing with { Written = messages.Length, Unsent = messages };

    private static QueuedMessage Message(EndPoint? address, int length) => new(address, new byte[length]);
}
