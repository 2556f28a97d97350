using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.Transport.Tests.AcceptFilters;

public sealed class ClientHelloFilterTests
{
    private static readonly IAcceptFilter Filter = AcceptFilter.ClientHello;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(100)]
    [InlineData(16384)]
    public void A_hello_passes_with_the_last_byte_of_the_last_record_that_it_is_spread_over(int most)
    {
        var hello = Tls.Records(Tls.Message(200), most);
        Assert.Equal((hello.Length, ResultCode.EESUCCESS), Filter.Decision(hello));
        Assert.Equal(ResultCode.EESUCCESS, Filter.Code((byte[])[.. hello, 22, 3, 1]));
    }

    [Fact]
    public void Fewer_bytes_than_the_header_of_a_record_wait_whatever_they_are()
    {
        Assert.Equal((5, ResultCode.EESUCCESS), Filter.Decision("GET / HTTP/1.1"u8.ToArray()));
        Assert.Equal(ResultCode.None, Filter.Code("GET "));
    }

    public static TheoryData<string, byte[]> NoHello => new()
    {
        { "an alert", Tls.Record([2, 40], type: 21) },
        { "another version", Tls.Record(Tls.Message(10), major: 2) },
        { "an empty record", Tls.Record([]) },
        { "a record that is too long", [22, 3, 1, 0x40, 1] },
        { "another message", Tls.Record(Tls.Message(10, type: 2)) },
        { "another record in between", [.. Tls.Record(Tls.Message(10).AsSpan(0, 6)), .. Tls.Record([0], type: 23)] },
    };

    [Theory]
    [MemberData(nameof(NoHello))]
    public void What_is_no_hello_passes(string what, byte[] bytes)
    {
        Assert.Equal((what, ResultCode.EESUCCESS), (what, Filter.Code(bytes)));
        Assert.Equal((what, ResultCode.None), (what, Filter.Code(bytes.AsMemory(0, 4))));
    }

    [Theory]
    [InlineData(AcceptMoment.Full)]
    [InlineData(AcceptMoment.Finished)]
    public void A_hello_that_is_cut_off_does_not_pass(AcceptMoment moment) =>
        Assert.Equal(ResultCode.None, Filter.Code(Tls.Record(Tls.Message(200)).AsMemory(0, 100), moment));
}
