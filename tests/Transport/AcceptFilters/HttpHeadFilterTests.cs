using System.Text;
using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.Transport.Tests.AcceptFilters;

public sealed class HttpHeadFilterTests
{
    private static readonly IAcceptFilter Filter = AcceptFilter.HttpHead;

    [Theory]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("GET ")]
    [InlineData("GET / HTTP/1.1")]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r")]
    [InlineData("OPTIONS")]
    [InlineData("POST /form HTTP/1.1\r\nContent-Length: 0\r\n \r\n")]
    public void A_head_that_may_go_on_waits(string text) => Assert.Equal(ResultCode.None, Filter.Code(text));

    [Theory]
    [InlineData("GET / HTTP/1.0\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("DELETE /x HTTP/1.1\nHost: a\n\n")]
    [InlineData("TRACE /x HTTP/1.1\r\n\n")]
    [InlineData("PATCH /x HTTP/1.1\r\nA: b\r\n\r\n")]
    public void A_whole_head_passes_with_its_last_byte(string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        Assert.Equal((bytes.Length, ResultCode.EESUCCESS), Filter.Decision(bytes));
        Assert.Equal(ResultCode.EESUCCESS, Filter.Code(text + "body\r\n"));
    }

    [Theory]
    [InlineData("\r\nGET / HTTP/1.1", 1)]
    [InlineData("EHLO me\r\n", 1)]
    [InlineData("GETS / HTTP/1.1", 4)]
    [InlineData("get / HTTP/1.1", 1)]
    [InlineData("PRI * HTTP/2.0\r\n", 2)]
    [InlineData("\u0016\u0003\u0001", 1)]
    public void What_is_no_method_passes_with_the_first_byte_that_shows_it(string text, int length) =>
        Assert.Equal((length, ResultCode.EESUCCESS), Filter.Decision(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void A_request_of_a_version_without_a_head_passes_with_its_line() =>
        Assert.Equal((7, ResultCode.EESUCCESS), Filter.Decision("GET /\r\nmore"u8.ToArray()));

    [Fact]
    public void A_head_that_is_too_long_passes_and_one_that_is_cut_off_does_not()
    {
        var head = "GET / HTTP/1.1\r\nCookie: " + new string('x', 1000);
        Assert.Equal(ResultCode.EESUCCESS, Filter.Code(head, AcceptMoment.Full));
        Assert.Equal(ResultCode.None, Filter.Code(head, AcceptMoment.Finished));
    }
}
