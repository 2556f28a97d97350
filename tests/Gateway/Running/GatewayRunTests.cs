using Akka.Actor;
using Handoff.Gateway.Configuration;
using Handoff.Gateway.Services;
using Handoff.Gateway.Upgrade;
using Handoff.Messages;

namespace Handoff.Gateway.Tests.Running;

public sealed class GatewayRunTests
{
    [Fact]
    public async Task A_listener_that_is_lost_ends_the_gateway_with_1_and_one_line()
    {
        var catalogue = ServiceCatalogue.Standard(TimeProvider.System);
        var source = new ConfigSource("test.conf", Conf.Of(Conf.StopSoon, Conf.Services));
        var settings = ((SettingsResult.Valid)SettingsReader.Read(source, catalogue.Handlers)).Settings;
        var error = new StringWriter { NewLine = "\n" };
        var exitCode = await new GatewayRun(settings, catalogue, new RunOptions(OwnCommand.Of([]))).RunAsync(
            started =>
            {
                var listener = started.Services.Single(s => s.Settings.Name == "echo").Listener!;
                listener.Socket.Tell(new Close(listener));
            },
            error).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(1, exitCode);
        Assert.StartsWith(
            "handoff: the listener of services.echo closed: ", error.ToString(), StringComparison.Ordinal);
        Assert.Single(error.ToString().TrimEnd().Split('\n'));
    }
}
