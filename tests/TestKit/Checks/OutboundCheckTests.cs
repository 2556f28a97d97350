using System.Buffers;
using System.Text;
using Handoff.Messages;
using Handoff.TestKit.Checks;
using Handoff.Transport;

namespace Handoff.TestKit.Tests.Checks;

public sealed class OutboundCheckTests : IClassFixture<Cast>
{
    private readonly Cast _cast;
    private readonly Violations _violations = new();
    private readonly OutboundCheck _check;

    public OutboundCheckTests(Cast cast)
    {
        _cast = cast;
        _check = new OutboundCheck(_violations, "c1");
    }

    [Fact]
    public void What_was_accepted_and_came_in_order_is_right()
    {
        _check.Accept(0, "hello "u8);
        var write = new Write(_cast.Epoch(2), "world"u8.ToArray());
        _check.Writes(write);
        See("hello wor");
        _check.AtRest();
        _check.Told(new Written(write, 11));
        See("ld");
        _check.AtRest();
        _check.AtEnd();
        Assert.Null(_violations.First);
    }

    [Theory]
    [InlineData("hullo", "c1: the peer got another byte than was written at position 1")]
    [InlineData("hello!", "c1: the peer got 6 bytes, but 5 were written")]
    [InlineData("ehllo", "c1: the peer got another byte than was written at position 0")]
    public void A_changed_added_or_exchanged_byte_is_found(string seen, string violation)
    {
        _check.Accept(0, "hello"u8);
        See(seen);
        _check.AtRest();
        Assert.Equal(violation, _violations.First);
    }

    [Fact]
    public void A_byte_that_never_comes_is_found_at_the_end()
    {
        _check.Accept(0, "hello"u8);
        _check.Flushed(5);
        See("hell");
        _check.AtRest();
        Assert.Null(_violations.First);
        _check.AtEnd();
        Assert.Equal("c1: the peer got 4 of 5 bytes before the end", _violations.First);
    }

    [Fact]
    public void A_refused_write_that_the_peer_sees_is_found()
    {
        var write = new Write(_cast.Epoch(1), "no"u8.ToArray());
        _check.Writes(write);
        See("no");
        _check.Told(new Refused(write, SocketResult.Of(ResultCode.EESECURITY)));
        _check.AtRest();
        Assert.Equal("c1: the peer got 2 bytes, but 0 were written", _violations.First);
    }

    [Theory]
    [InlineData("hello, wo", null)]
    [InlineData("hello, ", null)]
    [InlineData("hello, world", null)]
    [InlineData("hello, we", "c1: the peer got 9 of 7 bytes before the end")]
    [InlineData("hell", "c1: the peer got 4 of 7 bytes before the end")]
    public void Of_a_write_that_waits_when_its_owner_stops_a_part_may_come(string seen, string? violation)
    {
        _check.Accept(0, "hello, "u8);
        _check.Flushed(7);
        _check.Writes(new Write(_cast.Epoch(1), "world"u8.ToArray()));
        See(seen);
        _check.AtRest();
        _check.AtEnd();
        Assert.Equal(violation, _violations.First);
    }

    [Theory]
    [InlineData("hello, wo", null)]
    [InlineData("hell", "c1: the peer got 4 of 12 bytes before the end")]
    [InlineData("hello, we", "c1: the peer got another byte than was written at position 8")]
    public void Of_a_flush_that_does_not_end_a_part_may_come(string seen, string? violation)
    {
        _check.Accept(0, "hello, "u8);
        _check.Flushed(7);
        _check.Accept(7, "world"u8);
        See(seen);
        _check.AtEnd();
        Assert.Equal(violation, _violations.First);
    }

    [Fact]
    public void What_the_next_owner_is_told_says_how_much_of_a_torn_write_was_accepted()
    {
        _check.Writes(new Write(_cast.Epoch(1), "hello"u8.ToArray()));
        _check.AtRest();
        _check.Told(_cast.Acquired(2, written: 2));
        _check.Accept(2, "y"u8);
        _check.Flushed(3);
        See("hey");
        _check.AtRest();
        _check.AtEnd();
        Assert.Null(_violations.First);
        See("llo");
        _check.AtRest();
        Assert.Equal("c1: the peer got 6 bytes, but 3 were written", _violations.First);
    }

    [Theory]
    [InlineData(4, "c1: an owner begins at 4, but 5 were accepted")]
    [InlineData(6, "c1: an owner begins at 6, but only 5 were written")]
    public void An_owner_that_begins_where_the_last_one_did_not_end_is_found(long written, string violation)
    {
        _check.Accept(0, "hello"u8);
        _check.Flushed(5);
        _check.Told(_cast.Acquired(2, written: written));
        Assert.Equal(violation, _violations.First);
    }

    [Fact]
    public void What_a_stranger_wrote_is_counted_and_everything_else_is_compared()
    {
        _check.Accept(0, "one "u8);
        _check.Flushed(4);
        _check.IsOutOfSight = true;
        See("one two ");
        _check.AtRest();
        _check.Told(_cast.Acquired(3, written: 8), isAfterStrangers: true);
        _check.IsOutOfSight = false;
        _check.Accept(8, "three"u8);
        _check.Flushed(13);
        See("three");
        _check.AtRest();
        _check.AtEnd();
        Assert.Null(_violations.First);
        See("!");
        _check.AtRest();
        Assert.Equal("c1: the peer got 14 bytes, but 13 were written", _violations.First);
    }

    [Fact]
    public void A_changed_byte_is_found_also_where_a_stranger_plays()
    {
        _check.Accept(0, "one "u8);
        _check.IsOutOfSight = true;
        See("one two thrEe");
        _check.Told(_cast.Acquired(3, written: 8), isAfterStrangers: true);
        _check.Accept(8, "three"u8);
        _check.AtRest();
        Assert.Equal("c1: the peer got another byte than was written at position 11", _violations.First);
    }

    [Fact]
    public void A_gap_between_what_was_accepted_is_found()
    {
        _check.Accept(0, "hello"u8);
        _check.Accept(7, "world"u8);
        Assert.Equal("c1: writing goes on at 7, but 5 were accepted", _violations.First);
    }

    private void See(string text) => _check.PeerSaw(new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(text)));
}
