using System.Buffers;
using System.Text;
using Handoff.Messages;
using Handoff.TestKit.Checks;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.TestKit.Tests.Checks;

public sealed class InboundCheckTests : IClassFixture<Cast>
{
    private readonly Cast _cast;
    private readonly Violations _violations = new();
    private readonly InboundCheck _check;
    private readonly Acquired _first;

    public InboundCheckTests(Cast cast)
    {
        _cast = cast;
        _check = new InboundCheck(_violations, "c1");
        _check.Sent.Append("0123456789"u8);
        _first = cast.Acquired(1);
        _check.Told(cast.Login, _first);
    }

    [Fact]
    public void Reading_on_where_the_last_owner_stopped_is_right()
    {
        _check.Read(0, Bytes("0123"), isEnd: false);
        _check.ConsumedByLease(2);
        _check.Told(_cast.Game, _cast.Acquired(2, consumed: 2));
        _check.Read(2, Bytes("23456789"), isEnd: true);
        Assert.Null(_violations.First);
    }

    [Theory]
    [InlineData(1, "123", "c1: reading goes on at 1, but 2 bytes were consumed")]
    [InlineData(3, "345", "c1: reading goes on at 3, but 2 bytes were consumed")]
    [InlineData(2, "2354", "c1: read another byte than was sent at position 4")]
    [InlineData(2, "23456789x", "c1: read bytes 2 to 11, but only 10 were sent")]
    public void A_doubled_lost_changed_or_invented_byte_is_found(long position, string text, string violation)
    {
        _check.Read(0, Bytes("0123"), isEnd: false);
        _check.ConsumedByLease(2);
        _check.Read(position, Bytes(text), isEnd: false);
        Assert.Equal(violation, _violations.First);
    }

    [Fact]
    public void An_end_before_the_last_byte_is_found()
    {
        _check.Read(0, Bytes("01234567"), isEnd: true);
        Assert.Equal("c1: the peer's end came at 8, but it sent 10 bytes", _violations.First);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void A_message_that_leaves_out_or_repeats_bytes_is_found(long second)
    {
        _check.Told(_cast.Login, Received(_first, 0, "0123"));
        _check.Told(_cast.Login, Received(_first, second, "5"));
        Assert.Contains($"delivered from {second}, but 4 comes next", _violations.First);
    }

    [Fact]
    public void After_a_revert_what_was_not_consumed_comes_again_and_nothing_else()
    {
        var release = new Release(_first.Handle, _cast.Game);
        _check.Told(_cast.Login, Received(_first, 0, "0123"));
        _check.ConsumedByMessage(2);
        _check.Told(_cast.Login, new ReleaseFailed(release, OfferOutcome.Declined, Reverted));
        _check.Told(_cast.Login, Received(_first, 2, "23"));
        Assert.Null(_violations.First);
        _check.Told(_cast.Login, new ReleaseFailed(release, OfferOutcome.Declined, Reverted));
        _check.Told(_cast.Login, Received(_first, 4, "45"));
        Assert.Contains("delivered from 4", _violations.First);
    }

    [Fact]
    public void What_is_pushed_back_is_read_again_once()
    {
        _check.Read(0, Bytes("0123"), isEnd: false);
        _check.ConsumedByLease(4);
        var release = new Release(_first.Handle, _cast.Game) { PushBack = "23"u8.ToArray() };
        _check.Releases(release);
        _check.Told(_cast.Game, _cast.Offered(1));
        _check.Told(_cast.Login, new Released(release, _cast.Game));
        _check.Told(_cast.Game, _cast.Acquired(2, consumed: 2));
        Assert.Null(_violations.First);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    public void What_is_pushed_back_and_lost_or_pushed_back_too_far_is_found(long begins)
    {
        _check.Read(0, Bytes("0123"), isEnd: false);
        _check.ConsumedByLease(4);
        var release = new Release(_first.Handle, _cast.Game) { PushBack = "23"u8.ToArray() };
        _check.Releases(release);
        _check.Told(_cast.Login, new Released(release, _cast.Game));
        _check.Told(_cast.Game, _cast.Acquired(2, consumed: begins));
        Assert.Contains($"game begins at {begins}, but 2 bytes were consumed", _violations.First);
    }

    [Theory]
    [InlineData(7, true, null)]
    [InlineData(11, true, "c1: game begins at 11, but 2 bytes were consumed")]
    [InlineData(1, true, "c1: game begins at 1, but 2 bytes were consumed")]
    [InlineData(7, false, "c1: game begins at 7, but 2 bytes were consumed")]
    public void Only_a_stranger_that_owned_in_between_may_have_consumed_unseen(
        long begins, bool isAfterStrangers, string? violation)
    {
        _check.Read(0, Bytes("0123"), isEnd: false);
        _check.ConsumedByLease(2);
        _check.Told(_cast.Game, _cast.Acquired(3, consumed: begins), isAfterStrangers);
        Assert.Equal(violation, _violations.First);
    }

    private static SocketResult Reverted { get; } = SocketResult.Of(ResultCode.EESOCKNOTRLSD);

    private static ReadOnlySequence<byte> Bytes(string text) => new(Encoding.ASCII.GetBytes(text));

    private static Received Received(Acquired acquired, long position, string text) =>
        new(acquired.Handle, position, Encoding.ASCII.GetBytes(text));
}
