using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Tests.Handles.Frames;

public sealed class AssociationMessageTests
{
    private const int Bound = 1000;

    // Of mark, association, stream and what is behind them.
    private const int ReceivedUnordered = 1 + MessageCodec.ReceiveInfo - 1;
    private const int SendFlags = 1 + 4 + 2 + 4;
    private const int SendPolicy = SendFlags + 1 + 4;

    private static readonly QueuedMessage Received = new(null, "ab"u8.ToArray())
    {
        Received = new SctpReceiveInfo(new SctpAssociationId(3), 1, 2, 3, 4, 5, 6, IsUnordered: true),
    };

    private static readonly QueuedMessage ToSend = new(null, "ab"u8.ToArray())
    {
        Sending = new SctpSendInfo { Stream = 2, Flags = SctpSendFlags.Unordered },
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_size_of_one_is_what_it_takes_of_a_frame(bool isReceived)
    {
        var message = (isReceived ? Received : ToSend) with { Address = new IPEndPoint(IPAddress.Loopback, 7) };
        var baggage = Baggage(message);
        var header = FrameEncoder.Encode(new Frame.Transfer(1, 0, [])).Length;
        Assert.Equal(FrameEncoder.Encode(new Frame.Transfer(1, 0, [baggage])).Length - header, baggage.Size);
    }

    [Fact]
    public void What_no_giver_writes_is_a_bad_value()
    {
        Assert.Equal(FrameFault.BadValue, FaultOf(Received, ReceivedUnordered, 2));
        Assert.Null(FaultOf(ToSend, SendFlags, (byte)SctpSendFlags.AddressOverride));
        foreach (var ending in new[] { SctpSendFlags.Abort, SctpSendFlags.EndAssociation, (SctpSendFlags)128 })
            Assert.Equal(FrameFault.BadValue, FaultOf(ToSend, SendFlags, (byte)ending));
        Assert.Null(FaultOf(ToSend, SendPolicy, (byte)SctpReliabilityPolicy.Priority));
        Assert.Equal(FrameFault.BadValue, FaultOf(ToSend, SendPolicy, 100));
    }

    [Fact]
    public void What_is_none_is_not_written()
    {
        var both = Received with { Sending = default(SctpSendInfo) };
        var cut = ToSend with { IsTruncated = true };
        var failure = new QueuedMessage(null, default) { Failure = ResultCode.EEUNREACH, Sending = ToSend.Sending };
        foreach (var message in new[] { both, cut, failure })
            Assert.Throws<ArgumentException>(() => FrameEncoder.Encode(new Frame.Transfer(1, 0, [Baggage(message)])));
    }

    // With one byte of the message, counted from its mark, put to another value.
    private static FrameFault? FaultOf(QueuedMessage message, int at, byte value)
    {
        var bytes = FrameEncoder.Encode(new Frame.Transfer(1, 0, [Baggage(message)])).ToArray();
        var (length, unsent) = ((int)MessageCodec.SizeOf(message), sizeof(uint));
        bytes[bytes.Length - unsent - length + 1 + at] = value;
        return FrameDecoder.Decode(bytes, Bound).Error?.Fault;
    }

    private static SocketBaggage Baggage(QueuedMessage message) => new(0, 0, SocketEnds.None, [message], []);
}
