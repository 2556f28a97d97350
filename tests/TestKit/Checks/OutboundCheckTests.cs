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
        _check.AtRest();
        Assert.Null(_violations.First);
        _check.Told(new Refused(write, SocketResult.Of(ResultCode.EESECURITY)));
        _check.AtRest();
        Assert.Equal("c1: the peer got 2 bytes, but 0 were written", _violations.First);
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
