using System.Net.Sockets;
using Handoff.Transport.Engine.Portable;

namespace Handoff.Transport.Tests.Engine;

public sealed class SocketErrorCodesTests
{
    [Theory]
    [InlineData(SocketError.TooManyOpenSockets, ResultCode.EENOSOCKS)] // EMFILE, ENFILE
    [InlineData(SocketError.ConnectionAborted, ResultCode.EEACCEPT)]
    [InlineData(SocketError.NoBufferSpaceAvailable, ResultCode.EEACCEPT)]
    [InlineData(SocketError.OperationAborted, ResultCode.EEBADF)]
    public void Accept(SocketError error, ResultCode code) => Assert.Equal(code, SocketErrorCodes.OfAccept(error));

    [Theory]
    [InlineData(SocketError.ConnectionReset, ResultCode.EERESET)]
    [InlineData(SocketError.ConnectionAborted, ResultCode.EERESET)]
    [InlineData(SocketError.TimedOut, ResultCode.EETIMEDOUT)]
    [InlineData(SocketError.HostUnreachable, ResultCode.EEUNREACH)]
    [InlineData(SocketError.OperationAborted, ResultCode.EEBADF)]
    [InlineData(SocketError.Fault, ResultCode.EERECV)]
    public void Receive(SocketError error, ResultCode code) => Assert.Equal(code, SocketErrorCodes.OfReceive(error));

    [Theory]
    [InlineData(SocketError.Shutdown, ResultCode.EERESET)] // EPIPE
    [InlineData(SocketError.ConnectionReset, ResultCode.EERESET)]
    [InlineData(SocketError.TimedOut, ResultCode.EETIMEDOUT)]
    [InlineData(SocketError.NetworkUnreachable, ResultCode.EEUNREACH)]
    [InlineData(SocketError.NoBufferSpaceAvailable, ResultCode.EESEND)]
    public void Send(SocketError error, ResultCode code) => Assert.Equal(code, SocketErrorCodes.OfSend(error));

    [Theory]
    [InlineData(SocketError.ConnectionRefused, ResultCode.EECONNREFUSED)]
    [InlineData(SocketError.TimedOut, ResultCode.EETIMEDOUT)]
    [InlineData(SocketError.HostUnreachable, ResultCode.EEUNREACH)]
    [InlineData(SocketError.NetworkUnreachable, ResultCode.EEUNREACH)]
    [InlineData(SocketError.TooManyOpenSockets, ResultCode.EENOSOCKS)]
    [InlineData(SocketError.AddressNotAvailable, ResultCode.EECONNECT)]
    public void Connect(SocketError error, ResultCode code) => Assert.Equal(code, SocketErrorCodes.OfConnect(error));

    [Theory]
    [InlineData(SocketError.AddressAlreadyInUse, ResultCode.EEADDRINUSE)]
    [InlineData(SocketError.AccessDenied, ResultCode.EEBIND)]
    [InlineData(SocketError.AddressNotAvailable, ResultCode.EEBIND)]
    [InlineData(SocketError.TooManyOpenSockets, ResultCode.EENOSOCKS)]
    public void Listen(SocketError error, ResultCode code) => Assert.Equal(code, SocketErrorCodes.OfListen(error));

    [Fact]
    public void Shutdown_of_a_connection_that_is_gone_is_a_reset()
        => Assert.Equal(ResultCode.EERESET, SocketErrorCodes.OfShutdown(SocketError.NotConnected));
}
