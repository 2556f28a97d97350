using System.Net.Sockets;
using System.Text;

namespace Handoff.Gateway.Tests.Running;

public sealed class ReadinessTests
{
    [Fact]
    public async Task A_service_manager_hears_when_the_gateway_listens_and_when_it_stops()
    {
        using var config = new ConfFile("gateway { control.enabled = off, services { echo { port = 0 } } }");
        var path = Path.Combine(config.Folder, "notify");
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(path));
        await using var gateway = GatewayProcess.StartBy(path, "--config", config.Path);
        Assert.Equal("READY=1", await HearAsync(manager));
        using var client = await TestClient.ConnectAsync(await gateway.EndPointOf("echo"));
        await gateway.SignalAsync("TERM");
        Assert.Equal("STOPPING=1", await HearAsync(manager));
        client.Finish();
        Assert.Equal(0, await gateway.ExitCodeAsync());
    }

    private static async Task<string> HearAsync(Socket manager)
    {
        using var within = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var heard = new byte[100];
        return Encoding.ASCII.GetString(heard, 0, await manager.ReceiveAsync(heard, within.Token));
    }
}
