using System.Net;
using System.Net.Sockets;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

/// <summary>Options of datagram sockets, as <see cref="OptionContract"/> has them for streams.</summary>
public abstract class DatagramOptionContract(DatagramKind kind, ITestOutputHelper output)
    : DatagramSuite(kind, output)
{
    private static readonly IPAddress Group = IPAddress.Parse("239.255.7.9"); // RFC 2365
    private static readonly IPAddress GroupOverIPv6 = IPAddress.Parse("ff01::7:9"); // RFC 4291: of this interface

    public static TheoryData<string> Kinds { get; } = [.. Enum.GetNames<SocketOptionKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_option_that_was_set_is_read_again_and_one_that_is_not_there_is_a_code(string name)
    {
        var (socket, _) = Open();
        var option = Option(Enum.Parse<SocketOptionKind>(name), socket.LocalEndPoint!);
        var set = socket.SetOption(option);
        var (read, result) = socket.GetOption(option.Kind);
        if (!Kind.Has(option.Kind))
        {
            Assert.Equal((ResultCode.EEMODENOTSUPP, ResultCode.EEMODENOTSUPP), (set.Code, result.Code));
            Assert.Contains(name, set.Reason, StringComparison.Ordinal);
            Assert.Null(read);
            return;
        }

        if (option.Kind is SocketOptionKind.IPv6Only)
        {
            // Bound already.
            Assert.Equal(ResultCode.EESETSOCKOPT, set.Code);
            Assert.True(read!.IsOn);
            return;
        }

        if (option.Kind is SocketOptionKind.LeaveGroup)
        {
            // It was not joined.
            Assert.Equal((ResultCode.EESETSOCKOPT, ResultCode.EEMODENOTSUPP), (set.Code, result.Code));
            return;
        }

        Assert.True(set.IsSuccess, set.ToString());
        if (!IsToRead(option.Kind, socket.LocalEndPoint!))
            Assert.Equal((null, ResultCode.EEMODENOTSUPP), (read, result.Code));
        else if (option.Kind is SocketOptionKind.SendBuffer or SocketOptionKind.ReceiveBuffer)
            Assert.InRange(read!.Value, option.Value, 4 * option.Value); // the system rounds up, and Linux doubles
        else
            Assert.Equal(option, read);
    }

    [Fact]
    public void An_option_by_its_numbers_is_bounded_and_goes_through()
    {
        if (!OperatingSystem.IsLinux()) return;
        const int SocketLevel = 1, Priority = 12, NoLevel = 9999;
        var (socket, _) = Open();
        if (!Kind.HasNumbers)
        {
            Assert.Equal(
                ResultCode.EEMODENOTSUPP, socket.SetRawOption(SocketLevel, Priority, BitConverter.GetBytes(3)).Code);
            Assert.Equal(ResultCode.EEMODENOTSUPP, socket.GetRawOption(SocketLevel, Priority, 64).Result.Code);
            return;
        }

        Assert.True(socket.SetRawOption(SocketLevel, Priority, BitConverter.GetBytes(3)).IsSuccess);
        Assert.Equal(BitConverter.GetBytes(3), socket.GetRawOption(SocketLevel, Priority, 64).Value.ToArray());
        var tooMany = new byte[ISocketOptions.LargestRawOption + 1];
        Assert.Equal(ResultCode.EEMSGSIZE, socket.SetRawOption(SocketLevel, Priority, tooMany).Code);
        Assert.Equal(ResultCode.EEMSGSIZE, socket.GetRawOption(SocketLevel, Priority, tooMany.Length).Result.Code);
        Assert.Equal(ResultCode.EEMODENOTSUPP, socket.GetRawOption(NoLevel, Priority, 4).Result.Code);
    }

    [Fact]
    public async Task Options_of_a_closed_socket_say_that_it_is_closed()
    {
        var (socket, _) = Open();
        socket.Close();
        await socket.Completion.Soon();
        Assert.Equal(ResultCode.EEBADF, socket.SetOption(SocketOption.SendBuffer(10_000)).Code);
        Assert.Equal(ResultCode.EEBADF, socket.GetOption(SocketOptionKind.SendBuffer).Result.Code);
        Assert.Equal(ResultCode.EEBADF, socket.SetRawOption(1, 7, new byte[4]).Code);
        Assert.Equal(ResultCode.EEBADF, socket.GetRawOption(1, 7, 4).Result.Code);
    }

    [Fact]
    public void A_group_of_another_family_is_no_group_to_join()
    {
        if (!Kind.Has(SocketOptionKind.JoinGroup)) return;
        var (socket, _) = Open();
        var strange = IsIPv6(socket.LocalEndPoint!) ? Group : GroupOverIPv6;
        Assert.Equal(ResultCode.EEBADADDR, socket.SetOption(SocketOption.JoinGroup(strange)).Code);
        Assert.Equal(ResultCode.EEBADADDR, socket.SetOption(SocketOption.LeaveGroup(strange)).Code);
        Assert.Throws<ArgumentException>(() => SocketOption.JoinGroup(IPAddress.Loopback));
    }

    [Fact]
    public void A_group_is_joined_once_and_left_once()
    {
        if (!Kind.Has(SocketOptionKind.JoinGroup)) return;
        var (socket, _) = Open();
        var join = Option(SocketOptionKind.JoinGroup, socket.LocalEndPoint!);
        Assert.True(socket.SetOption(join).IsSuccess);
        Assert.Equal(ResultCode.EESETSOCKOPT, socket.SetOption(join).Code);
        var leave = Option(SocketOptionKind.LeaveGroup, socket.LocalEndPoint!);
        Assert.True(socket.SetOption(leave).IsSuccess);
        Assert.Equal(ResultCode.EESETSOCKOPT, socket.SetOption(leave).Code);
    }

    private protected static bool IsIPv6(EndPoint local) => local.AddressFamily is AddressFamily.InterNetworkV6;

    private protected static IPAddress GroupFor(EndPoint local) => IsIPv6(local) ? GroupOverIPv6 : Group;

    private static bool IsToRead(SocketOptionKind option, EndPoint local) => option switch
    {
        SocketOptionKind.JoinGroup or SocketOptionKind.LeaveGroup => false,
        SocketOptionKind.MulticastInterface => IsIPv6(local),
        _ => true,
    };

    private static SocketOption Option(SocketOptionKind option, EndPoint local) => option switch
    {
        SocketOptionKind.Broadcast => SocketOption.Broadcast(true),
        SocketOptionKind.JoinGroup => SocketOption.JoinGroup(GroupFor(local), DatagramKind.LoopbackInterface),
        SocketOptionKind.LeaveGroup => SocketOption.LeaveGroup(GroupFor(local), DatagramKind.LoopbackInterface),
        SocketOptionKind.MulticastTimeToLive => SocketOption.MulticastTimeToLive(7),
        SocketOptionKind.MulticastLoopback => SocketOption.MulticastLoopback(false),
        SocketOptionKind.MulticastInterface => SocketOption.MulticastInterface(DatagramKind.LoopbackInterface),
        _ => OptionContract.Option(option),
    };
}
