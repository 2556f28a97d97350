using System.Net;
using Handoff.Gateway.Configuration;
using Handoff.Gateway.Keeping;
using Handoff.Gateway.Services;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Gateway.Tests.Keeping;

public sealed class AllotmentTests
{
    private const string Configuration = """
        gateway.services {
          echo { port = 7007 }
          time { port = 7037 }
          any { handler = discard, port = 0 }
        }
        """;

    [Fact]
    public void A_name_counts_more_than_an_address_and_an_address_more_than_nothing() => Assert.Equal(
        [(1, "echo"), (2, "time"), (3, "any")],
        Allotted(Listener(1, "echo", 7037), Listener(2, "x.socket", 7037), Listener(3, "any", 7007)));

    [Fact]
    public void Of_several_with_the_name_of_a_service_that_of_its_address_is_its_and_else_the_first()
    {
        Assert.Equal([(2, "echo")], Allotted(Listener(1, "echo", 9001), Listener(2, "echo", 7007)));
        Assert.Equal([(1, "echo")], Allotted(Listener(1, "echo", 9001), Listener(2, "echo", 9002)));
    }

    [Fact]
    public void One_socket_is_of_one_service_and_one_service_has_one_socket() => Assert.Equal(
        [(1, "echo")], Allotted(Listener(1, "echo", 7007), Listener(2, "x", 7007), Listener(3, "Echo", 9000)));

    [Fact]
    public void A_name_that_only_something_else_has_than_a_listener_is_a_fault_of_its_service()
    {
        var fault = Of(
            new InheritedSocket("time", null, new SocketResult(ResultCode.EENOTCONN, "idle")),
            Listener(1, "echo", 7007)).Fault;
        Assert.Equal(("time", ResultCode.EENOTCONN), (fault!.Value.Service.Name, fault.Value.Why.Code));
        var path = new System.Net.Sockets.UnixDomainSocketEndPoint("/run/echo");
        fault = Of(Listener(1, "echo", 7007) with
        {
            Facts = new SocketFacts(1, SocketKind.Listener, "unix", path, null, 0, 0),
        }).Fault;
        Assert.Equal(("echo", ResultCode.EENOTLISTN), (fault!.Value.Service.Name, fault.Value.Why.Code));
    }

    [Fact]
    public void Something_else_beside_a_listener_of_that_name_is_no_fault()
    {
        var idle = new InheritedSocket("echo", null, new SocketResult(ResultCode.EENOTCONN, "idle"));
        Assert.Equal([(1, "echo")], Allotted(idle, Listener(1, "echo", 9000)));
    }

    private static (long, string)[] Allotted(params InheritedSocket[] sockets)
    {
        var allotment = Of(sockets);
        Assert.Null(allotment.Fault);
        return [.. allotment.Services.Select(each => (each.Key, each.Value)).Order()];
    }

    private static Allotment Of(params InheritedSocket[] sockets)
    {
        var read = SettingsReader.Read(
            new ConfigSource("x.conf", Configuration), ServiceCatalogue.Standard(TimeProvider.System).Handlers);
        return Allotment.Of(sockets, ((SettingsResult.Valid)read).Settings.Services);
    }

    private static InheritedSocket Listener(long id, string name, int port) => new(
        name,
        new SocketFacts(id, SocketKind.Listener, "tcp", new IPEndPoint(IPAddress.Loopback, port), null, 0, 0),
        SocketResult.Success);
}
