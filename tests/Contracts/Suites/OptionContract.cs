using System.Net;
using System.Net.Sockets;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Portable;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

public abstract class OptionContract(TransportKind.OnEngine kind, ITestOutputHelper output) : Suite(kind, output)
{
    private static readonly IPAddress Group = IPAddress.Parse("239.255.7.7"); // RFC 2365
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Kinds { get; } = [.. Enum.GetNames<SocketOptionKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_option_that_was_set_is_read_again_and_one_that_is_not_there_is_a_code(string name)
    {
        var pair = await Connected();
        var option = Option(Enum.Parse<SocketOptionKind>(name));
        var set = pair.Server.SetOption(option);
        var (read, result) = pair.Server.GetOption(option.Kind);
        if (!IsThere(option.Kind))
        {
            Assert.Equal((ResultCode.EEMODENOTSUPP, ResultCode.EEMODENOTSUPP), (set.Code, result.Code));
            Assert.Contains(name, set.Reason, StringComparison.Ordinal);
            Assert.Null(read);
            return;
        }

        Assert.True(result.IsSuccess, result.ToString());
        if (option.Kind is SocketOptionKind.IPv6Only)
        {
            // Bound already.
            Assert.Equal(ResultCode.EESETSOCKOPT, set.Code);
            Assert.True(read!.IsOn);
            return;
        }

        Assert.True(set.IsSuccess, set.ToString());
        if (option.Kind is SocketOptionKind.SendBuffer or SocketOptionKind.ReceiveBuffer)
            Assert.InRange(read!.Value, option.Value, 4 * option.Value); // the system rounds up, and Linux doubles
        else
            Assert.Equal(option, read);
    }

    [Fact]
    public async Task What_the_system_refuses_is_a_code_with_its_name_for_why()
    {
        if (kind is TransportKind.Unix) return;
        var pair = await Connected();
        var refused = pair.Client.SetOption(SocketOption.KeepAliveIdle(TimeSpan.FromDays(2)));
        Assert.Equal(ResultCode.EESETSOCKOPT, refused.Code);
        var name = kind.Engine is PortableEngine ? nameof(SocketError.InvalidArgument) : "EINVAL";
        Assert.Contains(name, refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_option_makes_a_close_wait_in_the_system()
    {
        var pair = await Connected();
        Assert.Equal(ResultCode.EEMODENOTSUPP, pair.Client.SetOption(SocketOption.Linger(Minute)).Code);
        if (!OperatingSystem.IsLinux() || !kind.HasNumbers) return;
        var linger = new byte[2 * sizeof(int)];
        (linger[0], linger[sizeof(int)]) = (1, 60);
        Assert.Equal(ResultCode.EEMODENOTSUPP, pair.Client.SetRawOption(1, 13, linger).Code);
        Assert.Equal(0, pair.Client.GetRawOption(1, 13, linger.Length).Value.Span[0]);
    }

    [Fact]
    public async Task An_option_by_its_numbers_is_bounded_and_goes_through()
    {
        if (!OperatingSystem.IsLinux()) return;
        const int SocketLevel = 1, Priority = 12, NoLevel = 9999;
        var pair = await Connected();
        if (!kind.HasNumbers)
        {
            Assert.Equal(
                ResultCode.EEMODENOTSUPP,
                pair.Client.SetRawOption(SocketLevel, Priority, BitConverter.GetBytes(3)).Code);
            Assert.Equal(ResultCode.EEMODENOTSUPP, pair.Client.GetRawOption(SocketLevel, Priority, 64).Result.Code);
            return;
        }

        Assert.True(pair.Client.SetRawOption(SocketLevel, Priority, BitConverter.GetBytes(3)).IsSuccess);
        Assert.Equal(BitConverter.GetBytes(3), pair.Client.GetRawOption(SocketLevel, Priority, 64).Value.ToArray());

        var tooMany = new byte[ISocketOptions.LargestRawOption + 1];
        Assert.Equal(ResultCode.EEMSGSIZE, pair.Client.SetRawOption(SocketLevel, Priority, tooMany).Code);
        Assert.Equal(ResultCode.EEMSGSIZE, pair.Client.SetRawOption(SocketLevel, Priority, default).Code);
        var (_, read) = pair.Client.GetRawOption(SocketLevel, Priority, tooMany.Length);
        Assert.Equal(ResultCode.EEMSGSIZE, read.Code);
        Assert.Equal(ResultCode.EEMODENOTSUPP, pair.Client.GetRawOption(NoLevel, Priority, 4).Result.Code);
    }

    [Fact]
    public async Task Options_of_a_closed_socket_say_that_it_is_closed()
    {
        var pair = await Connected();
        await pair.Client.DisposeAsync();
        Assert.Equal(ResultCode.EEBADF, pair.Client.SetOption(SocketOption.SendBuffer(10_000)).Code);
        Assert.Equal(ResultCode.EEBADF, pair.Client.GetOption(SocketOptionKind.SendBuffer).Result.Code);
        Assert.Equal(ResultCode.EEBADF, pair.Client.SetRawOption(1, 7, new byte[4]).Code);
        Assert.Equal(ResultCode.EEBADF, pair.Client.GetRawOption(1, 7, 4).Result.Code);
    }

    [Fact]
    public async Task Accepted_connections_begin_with_the_options_of_their_listener()
    {
        var listener = Listen();
        var (option, other) = kind is TransportKind.Unix
            ? (SocketOption.SendBuffer(50_000), SocketOptionKind.SendBuffer)
            : (SocketOption.KeepAliveIdle(Minute), SocketOptionKind.KeepAliveIdle);
        Assert.True(listener.SetOption(option).IsSuccess);
        var wanted = listener.GetOption(other).Option;
        await ConnectTo(listener);
        var accepted = Owned((await listener.AcceptAsync().Soon()).Connection);

        // A Unix socket is made when its peer connects, with the peer's defaults.
        if (kind is TransportKind.Unix) Assert.NotNull(accepted.GetOption(other).Option);
        else Assert.Equal(wanted, accepted.GetOption(other).Option);
    }

    [Fact]
    public async Task A_linger_of_zero_makes_the_close_of_who_sends_on_a_reset()
    {
        if (kind is TransportKind.Unix) return;
        var pair = await Connected(server: Options with { Linger = TimeSpan.Zero });
        Assert.False(pair.Server.GetOption(SocketOptionKind.Linger).Option!.IsOn);
        Assert.True(pair.Server.SetOption(SocketOption.Linger(TimeSpan.Zero)).IsSuccess);
        pair.Server.Close();
        await pair.Server.Completion.Soon();
        Assert.Equal(ResultCode.EERESET, await WriteUntilItFails(pair.Near));
    }

    private bool IsThere(SocketOptionKind option) => option switch
    {
        SocketOptionKind.SendBuffer or SocketOptionKind.ReceiveBuffer => true,
        SocketOptionKind.IPv6Only => kind.AnyPlace.AddressFamily is AddressFamily.InterNetworkV6,
        >= SocketOptionKind.Broadcast => false, // of datagram sockets only
        _ => kind is not TransportKind.Unix,
    };

    internal static SocketOption Option(SocketOptionKind option) => option switch
    {
        SocketOptionKind.NoDelay => SocketOption.NoDelay(false),
        SocketOptionKind.KeepAlive => SocketOption.KeepAlive(true),
        SocketOptionKind.KeepAliveIdle => SocketOption.KeepAliveIdle(Minute),
        SocketOptionKind.KeepAliveInterval => SocketOption.KeepAliveInterval(TimeSpan.FromSeconds(7)),
        SocketOptionKind.KeepAliveCount => SocketOption.KeepAliveCount(3),
        SocketOptionKind.SendBuffer => SocketOption.SendBuffer(50_000),
        SocketOptionKind.ReceiveBuffer => SocketOption.ReceiveBuffer(50_000),
        SocketOptionKind.Linger => SocketOption.Linger(TimeSpan.Zero),
        SocketOptionKind.ReuseAddress => SocketOption.ReuseAddress(false),
        SocketOptionKind.UserTimeout => SocketOption.UserTimeout(Minute),
        SocketOptionKind.TimeToLive => SocketOption.TimeToLive(9),
        SocketOptionKind.TypeOfService => SocketOption.TypeOfService(0x10),
        SocketOptionKind.IPv6Only => SocketOption.IPv6Only(false),
        SocketOptionKind.Broadcast => SocketOption.Broadcast(true),
        SocketOptionKind.JoinGroup => SocketOption.JoinGroup(Group),
        SocketOptionKind.LeaveGroup => SocketOption.LeaveGroup(Group),
        SocketOptionKind.MulticastTimeToLive => SocketOption.MulticastTimeToLive(7),
        SocketOptionKind.MulticastLoopback => SocketOption.MulticastLoopback(false),
        SocketOptionKind.MulticastInterface => SocketOption.MulticastInterface(1),
        _ => throw new ArgumentOutOfRangeException(nameof(option), option, "no value to try it with"),
    };
}
