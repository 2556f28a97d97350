using System.Net;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Tests.Handles.Frames;

public sealed class FrameFaultTests
{
    private const int Bound = 64 * 1024;
    private const string Header = "486F0101" + "0700000000000000";

    // A part: the first of its sockets is number 0, there is one, consumed and written; then its ends and its queues.
    private const string Cargo =
        "486F0104" + "0700000000000000" + "00000000" + "01000000" + "0000000000000000" + "0000000000000000";

    private const string OneUnread = Cargo + "00" + "01000000";

    // mark, version, kind, number 7, then the body of an offer: needs, time, label, how many sockets.
    [Theory]
    [InlineData("", FrameFault.Truncated, ResultCode.EEBADDATA)]
    [InlineData("486F", FrameFault.Truncated, ResultCode.EEBADDATA)]
    [InlineData("58580102" + "0700000000000000", FrameFault.NotAFrame, ResultCode.EEBADDATA)]
    [InlineData("486F0202" + "0700000000000000", FrameFault.UnknownVersion, ResultCode.EEMODENOTSUPP)]
    [InlineData("486F0177" + "0700000000000000", FrameFault.UnknownKind, ResultCode.EEMODENOTSUPP)]
    [InlineData("486F0102" + "0700000000000000" + "00", FrameFault.Trailing, ResultCode.EEBADDATA)]
    [InlineData(Header + "01000000" + "10270000" + "0000" + "00000000", FrameFault.BadCount, ResultCode.EEBADDATA)]
    [InlineData(Header + "01000000" + "10270000" + "0000" + "FFFFFFFF", FrameFault.BadCount, ResultCode.EEBADDATA)]
    [InlineData(Header + "01000000" + "10270000" + "0100" + "FF", FrameFault.BadText, ResultCode.EEBADDATA)]
    [InlineData(Header + "01000000" + "10270000" + "4100", FrameFault.BadText, ResultCode.EEBADDATA)]
    [InlineData(
        Header + "01000000" + "10270000" + "0000" + "01000000" + "09" + "0000" + "0000"
        + "0000000000000000" + "0000000000000000" + "0000000000000000" + "00",
        FrameFault.BadValue, ResultCode.EEBADDATA)]
    [InlineData(
        Header + "01000000" + "10270000" + "0000" + "01000000" + "01" + "0000" + "03020000" + "00"
        + "0000000000000000" + "0000000000000000" + "0000000000000000" + "00",
        FrameFault.BadAddress, ResultCode.EEBADDATA)]
    [InlineData(Cargo + "10" + "00000000" + "00000000", FrameFault.BadValue, ResultCode.EEBADDATA)]
    [InlineData(OneUnread + "0006" + "00000000" + "00000000", FrameFault.BadValue, ResultCode.EEBADDATA)]
    [InlineData(OneUnread + "0002" + "01000000" + "00000000", FrameFault.BadValue, ResultCode.EEBADDATA)]
    [InlineData("486F0103" + "0700000000000000" + "01000000" + "0000", FrameFault.BadValue, ResultCode.EEBADDATA)]
    [InlineData("486F010A" + "0700000000000000" + "10270000" + "0000", FrameFault.BadText, ResultCode.EEBADDATA)]
    [InlineData("486F010A" + "0700000000000000" + "10270000" + "1100", FrameFault.BadText, ResultCode.EEBADDATA)]
    public void What_is_wrong_is_told_by_code(string bytes, object fault, ResultCode code)
    {
        var decoded = FrameDecoder.Decode(Convert.FromHexString(bytes), Bound);
        Assert.Null(decoded.Frame);
        Assert.Equal((FrameFault)fault, decoded.Error!.Fault);
        Assert.Equal(code, decoded.Error.Result.Code);
    }

    [Fact]
    public void A_failure_that_waits_has_no_bytes()
    {
        var failure = new QueuedMessage(null, new byte[1]) { Failure = ResultCode.EECONNREFUSED };
        var part = new Frame.Part(1, 0, [new SocketBaggage(0, 0, SocketEnds.None, [failure], [])]);
        Assert.Throws<ArgumentException>(() => FrameEncoder.Encode(part));
    }

    [Theory]
    [InlineData(null, 0, false, null)]
    [InlineData(null, 5, true, null)]
    [InlineData("127.0.0.1", 3, false, null)]
    [InlineData("::1", 3, false, null)]
    [InlineData("::1", 0, false, ResultCode.EEUNREACH)]
    public void The_size_of_a_message_is_what_it_takes_of_a_frame(
        string? address, int length, bool isTruncated, ResultCode? failure)
    {
        var from = address is null ? null : new IPEndPoint(IPAddress.Parse(address), 7);
        var message = new QueuedMessage(from, new byte[length]) { IsTruncated = isTruncated, Failure = failure };
        var baggage = new SocketBaggage(3, 4, SocketEnds.None, [message], [message with { Failure = null }]);
        var bytes = FrameEncoder.Encode(new Frame.Part(1, 0, [baggage]));
        var header = FrameEncoder.Encode(new Frame.Transfer(1, 0, [])).Length;
        Assert.Equal(bytes.Length - header, baggage.Size);
    }

    [Fact]
    public void A_frame_over_its_bound_is_not_looked_at()
    {
        var decoded = FrameDecoder.Decode(new byte[Bound + 1], Bound);
        Assert.Equal(FrameFault.TooLong, decoded.Error!.Fault);
        Assert.Equal(ResultCode.EEMSGSIZE, decoded.Error.Result.Code);
    }

    [Fact]
    public void What_a_later_version_says_can_be_answered() =>
        Assert.Equal(7u, FrameDecoder.Decode(Convert.FromHexString("486F020207" + "00000000000000FF"), Bound).Id);

    // Else two sides that refuse each other would answer each other's answers for ever.
    [Fact]
    public void Nothing_but_an_offer_is_answered_by_its_beginning()
    {
        Assert.Equal(7u, FrameDecoder.IdOfOffer(Convert.FromHexString(Header)));
        Assert.Equal(0u, FrameDecoder.IdOfOffer(Convert.FromHexString("486F0103" + "0700000000000000")));
        Assert.Equal(0u, FrameDecoder.IdOfOffer(Convert.FromHexString("58580101" + "0700000000000000")));
        Assert.Equal(0u, FrameDecoder.IdOfOffer(Convert.FromHexString("486F0101" + "07")));
    }

    [Fact]
    public void A_reason_that_is_too_long_is_cut_and_a_label_is_refused()
    {
        var why = new SocketResult(ResultCode.EEBUSY, new string('€', FrameBounds.Reason));
        var read = FrameDecoder.Decode(FrameEncoder.Encode(new Frame.Refuse(1, why)).Span, Bound).Frame;
        Assert.Equal(new string('€', FrameBounds.Reason / 3), ((Frame.Refuse)read!).Why.Reason);
        var offer = new Frame.Offer(1, HandleCapabilities.None, TimeSpan.Zero, new string('x', 65), []);
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameEncoder.Encode(offer));
    }
}
