namespace Handoff.Transport.Tests;

public sealed class ResultCodeTests
{
    /// <summary>LPC's table (FluffOS socket_err.h), with the texts that were worded for its efuns reworded.</summary>
    [Theory]
    [InlineData(-1, "EESOCKET", "Problem creating socket")]
    [InlineData(-2, "EESETSOCKOPT", "Problem with setsockopt")]
    [InlineData(-3, "EENONBLOCK", "Problem setting non-blocking mode")]
    [InlineData(-4, "EENOSOCKS", "No more available sockets")]
    [InlineData(-5, "EEFDRANGE", "Descriptor out of range")]
    [InlineData(-6, "EEBADF", "Socket is closed")]
    [InlineData(-7, "EESECURITY", "Security violation attempted")]
    [InlineData(-8, "EEISBOUND", "Socket is already bound")]
    [InlineData(-9, "EEADDRINUSE", "Address already in use")]
    [InlineData(-10, "EEBIND", "Problem with bind")]
    [InlineData(-11, "EEGETSOCKNAME", "Problem with getsockname")]
    [InlineData(-12, "EEMODENOTSUPP", "Socket mode not supported")]
    [InlineData(-13, "EENOADDR", "Socket not bound to an address")]
    [InlineData(-14, "EEISCONN", "Socket is already connected")]
    [InlineData(-15, "EELISTEN", "Problem with listen")]
    [InlineData(-16, "EENOTLISTN", "Socket not listening")]
    [InlineData(-17, "EEWOULDBLOCK", "Operation would block")]
    [InlineData(-18, "EEINTR", "Interrupted system call")]
    [InlineData(-19, "EEACCEPT", "Problem with accept")]
    [InlineData(-20, "EEISLISTEN", "Socket is listening")]
    [InlineData(-21, "EEBADADDR", "Problem with address format")]
    [InlineData(-22, "EEALREADY", "Operation already in progress")]
    [InlineData(-23, "EECONNREFUSED", "Connection refused")]
    [InlineData(-24, "EECONNECT", "Problem with connect")]
    [InlineData(-25, "EENOTCONN", "Socket not connected")]
    [InlineData(-26, "EETYPENOTSUPP", "Object type not supported")]
    [InlineData(-27, "EESENDTO", "Problem with sendto")]
    [InlineData(-28, "EESEND", "Problem with send")]
    [InlineData(-29, "EECALLBACK", "Wait for callback")]
    [InlineData(-30, "EESOCKRLSD", "Socket already released")]
    [InlineData(-31, "EESOCKNOTRLSD", "Socket not released")]
    [InlineData(-32, "EEBADDATA", "Data nested too deeply")]
    public void A_code_of_LPC_keeps_its_number_its_name_and_its_text(int number, string name, string text)
    {
        var code = (ResultCode)number;
        Assert.Equal(name, code.ToString());
        Assert.Equal(text, code.Text());
    }

    [Fact]
    public void Every_code_but_none_has_a_text_of_its_own()
    {
        var codes = Enum.GetValues<ResultCode>().Where(code => code is not ResultCode.None).ToArray();
        Assert.Equal(codes.Length, codes.Select(code => code.Text()).Distinct().Count());
        Assert.All(codes, code => Assert.NotEmpty(code.Text()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-33 - 100)]
    public void A_number_that_is_no_code_has_no_text(int number)
        => Assert.Throws<ArgumentOutOfRangeException>(() => ((ResultCode)number).Text());

    [Fact]
    public void A_failure_carries_its_code_and_its_reason()
    {
        var failure = new SocketFailedException(new SocketResult(ResultCode.EEBUSY, "a flush is pending"));
        Assert.Equal(ResultCode.EEBUSY, failure.Code);
        Assert.Equal("EEBUSY: a flush is pending", failure.Message);
        Assert.Equal("Socket is closed", new SocketFailedException(ResultCode.EEBADF).Result.Reason);
        Assert.True(SocketResult.Success.IsSuccess);
    }
}
