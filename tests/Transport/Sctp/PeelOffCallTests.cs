using System.Net;
using System.Net.Sockets;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Kernel;

namespace Handoff.Transport.Tests.Sctp;

/// <summary>What sctp_peeloff says of descriptors that are no SCTP sockets; that needs no SCTP.</summary>
public sealed class PeelOffCallTests
{
    private static readonly SctpAssociationId One = new(7);

    [Fact]
    public void What_is_not_open_is_EEBADF()
    {
        Assert.Equal(ResultCode.EEBADF, KernelCalls.PeelOff(-1, One).Code);
        Assert.Equal(ResultCode.EEBADF, KernelCalls.PeelOffPlainly(-1, One).Code);
        Assert.Equal(ResultCode.EEBADF, KernelCalls.PeelOff(int.MaxValue, One).Code);
    }

    [Fact]
    public void What_is_no_socket_is_EENOTSOCK()
    {
        using var file = File.OpenHandle("/dev/null");
        var number = (int)file.DangerousGetHandle();
        Assert.Equal(ResultCode.EENOTSOCK, KernelCalls.PeelOff(number, One).Code);
        Assert.Equal(ResultCode.EENOTSOCK, KernelCalls.PeelOffPlainly(number, One).Code);
    }

    [Fact]
    public void A_socket_of_another_kind_is_EENOTSOCK()
    {
        using var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        tcp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Assert.Equal(ResultCode.EENOTSOCK, KernelCalls.PeelOff((int)tcp.Handle, One).Code);
        using var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        Assert.Equal(ResultCode.EENOTSOCK, KernelCalls.PeelOff((int)udp.Handle, One).Code);
    }

    [Theory]
    [InlineData(9, ResultCode.EEBADF)]
    [InlineData(88, ResultCode.EENOTSOCK)]
    [InlineData(92, ResultCode.EENOTSOCK)]
    [InlineData(95, ResultCode.EENOTSOCK)]
    [InlineData(22, ResultCode.EEINVAL)]
    [InlineData(16, ResultCode.EEBUSY)]
    [InlineData(24, ResultCode.EENOSOCKS)]
    [InlineData(23, ResultCode.EENOSOCKS)]
    [InlineData(12, ResultCode.EENOSOCKS)]
    public void Each_error_of_the_call_has_its_code(int error, ResultCode code) =>
        Assert.Equal(code, KernelCalls.OfPeelOff((Errno)error));

    [Fact]
    public void Where_there_is_no_SCTP_the_reason_names_the_remedy()
    {
        if (KernelSctp.Missing is { } reason) Assert.Contains("SCTP", reason, StringComparison.Ordinal);
        else Assert.True(LinuxEngine.IsSupported);
    }
}
