using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Tests.Engine.Linux;

public sealed class ErrorsTests
{
    public static TheoryData<int, ResultCode> Accepting => new()
    {
        { (int)Errno.TooManyFiles, ResultCode.EENOSOCKS },
        { (int)Errno.FileTableFull, ResultCode.EENOSOCKS },
        { (int)Errno.NoBuffers, ResultCode.EENOSOCKS },
        { (int)Errno.Aborted, ResultCode.EEACCEPT },
        { (int)Errno.NetworkDown, ResultCode.EEACCEPT },
        { (int)Errno.Permission, ResultCode.EEACCEPT },
        { (int)Errno.BadDescriptor, ResultCode.EEBADF },
        { (int)Errno.Invalid, ResultCode.EEBADF },
    };

    public static TheoryData<int, ResultCode> Receiving => new()
    {
        { (int)Errno.Reset, ResultCode.EERESET },
        { (int)Errno.TimedOut, ResultCode.EETIMEDOUT },
        { (int)Errno.HostUnreachable, ResultCode.EEUNREACH },
        { (int)Errno.BadDescriptor, ResultCode.EEBADF },
        { (int)Errno.NoMemory, ResultCode.EERECV },
    };

    public static TheoryData<int, ResultCode> Sending => new()
    {
        { (int)Errno.BrokenPipe, ResultCode.EERESET },
        { (int)Errno.Reset, ResultCode.EERESET },
        { (int)Errno.TimedOut, ResultCode.EETIMEDOUT },
        { (int)Errno.NetworkUnreachable, ResultCode.EEUNREACH },
        { (int)Errno.NoBuffers, ResultCode.EESEND },
    };

    public static TheoryData<int, ResultCode> Connecting => new()
    {
        { (int)Errno.Refused, ResultCode.EECONNREFUSED },
        { (int)Errno.TimedOut, ResultCode.EETIMEDOUT },
        { (int)Errno.HostUnreachable, ResultCode.EEUNREACH },
        { (int)Errno.NetworkUnreachable, ResultCode.EEUNREACH },
        { (int)Errno.AddressNotAvailable, ResultCode.EECONNECT },
        { (int)Errno.FamilyNotSupported, ResultCode.EEBADADDR },
    };

    [Theory]
    [MemberData(nameof(Accepting))]
    public void Accept(int errno, ResultCode code) => Assert.Equal(code, Errors.OfAccept((Errno)errno));

    [Theory]
    [MemberData(nameof(Receiving))]
    public void Receive(int errno, ResultCode code) => Assert.Equal(code, Errors.OfReceive((Errno)errno));

    [Theory]
    [MemberData(nameof(Sending))]
    public void Send(int errno, ResultCode code) => Assert.Equal(code, Errors.OfSend((Errno)errno));

    [Theory]
    [MemberData(nameof(Connecting))]
    public void Connect(int errno, ResultCode code) => Assert.Equal(code, Errors.OfConnect((Errno)errno));

    [Fact]
    public void A_socket_that_cannot_be_made_bound_or_watched_says_why()
    {
        Assert.Equal(ResultCode.EENOSOCKS, Errors.OfSocket(Errno.TooManyFiles));
        Assert.Equal(ResultCode.EESOCKET, Errors.OfSocket(Errno.Access));
        Assert.Equal(ResultCode.EEADDRINUSE, Errors.OfBind(Errno.AddressInUse));
        Assert.Equal(ResultCode.EEBIND, Errors.OfBind(Errno.Access));
        Assert.Equal(ResultCode.EEADDRINUSE, Errors.OfListen(Errno.AddressInUse));
        Assert.Equal(ResultCode.EELISTEN, Errors.OfListen(Errno.Invalid));
        Assert.Equal(ResultCode.EENOSOCKS, Errors.OfWatch(Errno.NoSpace));
        Assert.Equal(ResultCode.EERESET, Errors.OfShutdown(Errno.NotConnected));
    }
}
