using System.Net;
using System.Net.Sockets;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Systemd;

namespace Handoff.Transport.Tests.Handles.Systemd;

public sealed class PassedFactsTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Theory]
    [InlineData(AddressFamily.InterNetwork, SocketType.Stream, true, "Listener tcp")]
    [InlineData(AddressFamily.InterNetworkV6, SocketType.Stream, true, "Listener tcp")]
    [InlineData(AddressFamily.Unix, SocketType.Stream, true, "Listener unix")]
    [InlineData(AddressFamily.Unix, SocketType.Seqpacket, true, "RecordListener unix-record")]
    [InlineData(AddressFamily.InterNetwork, SocketType.Dgram, false, "Datagram udp")]
    [InlineData(AddressFamily.Unix, SocketType.Dgram, false, "Datagram unix-datagram")]
    public void The_system_tells_what_a_socket_is(
        AddressFamily family, SocketType type, bool listens, string expected)
    {
        using var socket = Bound(family, type);
        if (listens) socket.Listen();
        var facts = Of(socket).Facts!;
        Assert.Equal(expected, $"{facts.Kind} {facts.Transport}");
        Assert.Equal((socket.LocalEndPoint, null), (facts.Local, facts.Remote));
    }

    [Theory]
    [InlineData(AddressFamily.InterNetwork, SocketType.Stream, HandleKind.Stream)]
    [InlineData(AddressFamily.Unix, SocketType.Stream, HandleKind.Stream)]
    [InlineData(AddressFamily.Unix, SocketType.Seqpacket, HandleKind.Records)]
    internal void A_connection_is_told_with_both_its_addresses(
        AddressFamily family, SocketType type, HandleKind expected)
    {
        using var listener = Bound(family, type);
        listener.Listen();
        using var client = New(family, type);
        client.Connect(listener.LocalEndPoint!);
        using var server = listener.Accept();
        var facts = Of(server).Facts!;
        Assert.Equal(expected, facts.Kind);
        Assert.Equal(server.LocalEndPoint, facts.Local);
        if (family is AddressFamily.InterNetwork) Assert.Equal(client.LocalEndPoint, facts.Remote);
    }

    [Theory]
    [InlineData(AddressFamily.InterNetwork, SocketType.Stream)]
    [InlineData(AddressFamily.Unix, SocketType.Stream)]
    [InlineData(AddressFamily.Unix, SocketType.Seqpacket)]
    public void A_stream_that_does_neither_is_of_no_use(AddressFamily family, SocketType type)
    {
        using var socket = Bound(family, type);
        var (facts, result) = Of(socket);
        Assert.Equal((null, ResultCode.EENOTCONN), (facts, result.Code));
    }

    [Fact]
    public void What_there_is_no_transport_for_is_of_no_use()
    {
        const int Netlink = 16, Raw = 3;
        var number = SystemCalls.Socket(Netlink, Raw | Native.CloseOnExec, 0);
        Assert.True(number >= 0, $"{Errors.Last}");
        using var socket = new SocketDescriptor(number);
        var (facts, result) = PassedFacts.Of(socket);
        Assert.Equal((null, ResultCode.EEMODENOTSUPP), (facts, result.Code));
    }

    public void Dispose() => File.Delete(_path);

    private static (SocketFacts? Facts, SocketResult Result) Of(Socket socket)
    {
        using var lent = SocketDescriptor.LentBy((int)socket.Handle);
        return PassedFacts.Of(lent);
    }

    private static Socket New(AddressFamily family, SocketType type)
    {
        var protocol = (family, type) switch
        {
            (AddressFamily.Unix, _) => ProtocolType.Unspecified,
            (_, SocketType.Stream) => ProtocolType.Tcp,
            _ => ProtocolType.Udp,
        };
        return new Socket(family, type, protocol);
    }

    private Socket Bound(AddressFamily family, SocketType type)
    {
        var socket = New(family, type);
        socket.Bind(family switch
        {
            AddressFamily.Unix => new UnixDomainSocketEndPoint(_path),
            AddressFamily.InterNetworkV6 => new IPEndPoint(IPAddress.IPv6Loopback, 0),
            _ => new IPEndPoint(IPAddress.Loopback, 0),
        });
        return socket;
    }
}
