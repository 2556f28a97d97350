using Handoff.Transport.Unix;

namespace Handoff.Transport.Tests.Unix;

public sealed class UnixAddressTests
{
    [Theory]
    [InlineData("/run/game.sock", "/run/game.sock")]
    [InlineData("relative", "relative")]
    [InlineData("@abstract", "@abstract")]
    public void A_path_or_an_abstract_name_is_an_address(string text, string shown)
    {
        Assert.True(UnixAddress.TryParse(text, out var endPoint, out var result));
        Assert.Equal(SocketResult.Success, result);
        Assert.Equal(shown, endPoint.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("half\0name")]
    public void What_is_no_address_is_a_code(string text)
    {
        Assert.False(UnixAddress.TryParse(text, out var endPoint, out var result));
        Assert.Null(endPoint);
        Assert.Equal(ResultCode.EEBADADDR, result.Code);
    }

    [Theory]
    [InlineData("/", 'a', 106)]
    [InlineData("@", 'a', 107)]
    [InlineData("/", 'ä', 53)]
    public void The_longest_one_is_an_address_and_one_more_byte_is_too_long(string start, char letter, int count)
    {
        Assert.True(UnixAddress.TryParse(start + new string(letter, count), out _, out _));
        Assert.False(UnixAddress.TryParse(start + new string(letter, count + 1), out _, out var result));
        Assert.Equal(ResultCode.EEBADADDR, result.Code);
        Assert.Contains("107", result.Reason, StringComparison.Ordinal);
    }
}
