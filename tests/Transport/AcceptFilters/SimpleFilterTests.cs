using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.Transport.Tests.AcceptFilters;

public sealed class SimpleFilterTests
{
    [Theory]
    [InlineData("", ResultCode.None)]
    [InlineData("x", ResultCode.EESUCCESS)]
    public void Data_is_ready_with_the_first_byte(string text, ResultCode code) =>
        Assert.Equal(code, AcceptFilter.DataReady.Code(text));

    [Theory]
    [InlineData("", ResultCode.None)]
    [InlineData("abcd", ResultCode.None)]
    [InlineData("\n", ResultCode.EESUCCESS)]
    [InlineData("abcd\n", ResultCode.EESUCCESS)]
    [InlineData("abc\r\nmore of it", ResultCode.EESUCCESS)]
    [InlineData("abcde", ResultCode.EEMSGSIZE)]
    [InlineData("abcde\n", ResultCode.EEMSGSIZE)]
    [InlineData("abcdefgh\n", ResultCode.EEMSGSIZE)]
    public void A_line_ends_by_LF_and_has_its_bound(string text, ResultCode code) =>
        Assert.Equal(code, AcceptFilter.Line(5).Code(text));

    [Fact]
    public void A_line_has_at_least_one_byte() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AcceptFilter.Line(0));

    [Theory]
    [InlineData(AcceptMoment.Full)]
    [InlineData(AcceptMoment.Finished)]
    public void What_is_no_line_yet_when_nothing_more_is_waited_for_does_not_pass(AcceptMoment moment)
    {
        Assert.Equal(ResultCode.None, AcceptFilter.Line(5).Code("ab", moment));
        Assert.Equal(ResultCode.None, AcceptFilter.DataReady.Code("", moment));
    }

    [Fact]
    public void A_verdict_drops_for_a_failure_only_and_needs_more_by_default()
    {
        Assert.Equal(AcceptVerdict.NeedMore, default);
        Assert.Equal(ResultCode.EEQUOTA, AcceptVerdict.Drop(ResultCode.EEQUOTA).Code);
        foreach (var code in new[] { ResultCode.None, ResultCode.EESUCCESS })
            Assert.Throws<ArgumentOutOfRangeException>(() => AcceptVerdict.Drop(code));
    }
}
