using Handoff.Gateway.Configuration;
using Handoff.Gateway.Services;
using Handoff.Messages;

namespace Handoff.Gateway.Tests.Configuration;

public sealed class KeptSettingsTests
{
    [Theory]
    [InlineData("", false, false)]
    [InlineData("connections = on", false, false)]
    [InlineData("control = \"/run/keeper\"", true, true)]
    [InlineData("control = \"/run/keeper\", connections = off", true, false)]
    [InlineData("kind = systemd", true, true)]
    [InlineData("kind = systemd, connections = off", true, false)]
    public void Something_is_kept_where_it_is_said_by_whom(string keeper, bool isOn, bool hasConnections)
    {
        var kept = ((SettingsResult.Valid)Read(keeper)).Settings.Kept;
        Assert.Equal((isOn, hasConnections), (kept.IsOn, kept.HasConnections));
    }

    [Fact]
    public void A_keeper_is_opened_by_its_path_and_the_managers_store_by_none()
    {
        Assert.Equal(
            new OpenKeeper("/run/keeper"),
            ((SettingsResult.Valid)Read("control = \"/run/keeper\"")).Settings.Kept.Open);
        Assert.Equal(
            OpenKeeper.OfServiceManager, ((SettingsResult.Valid)Read("kind = systemd")).Settings.Kept.Open);
    }

    [Theory]
    [InlineData("kind = store", "keeper.kind: must be one of process, systemd; it is \"store\"")]
    [InlineData(
        "kind = systemd, control = x", "keeper.control: is of a keeper; of kind = systemd there is no path")]
    public void What_makes_no_sense_is_an_error_that_names_the_key(string keeper, string error) =>
        Assert.Equal($"x.conf:1: {error}", Assert.Single(((SettingsResult.Invalid)Read(keeper)).Errors).ToString());

    private static SettingsResult Read(string keeper) => SettingsReader.Read(
        new ConfigSource("x.conf", $"gateway.keeper {{ {keeper} }}\ngateway.services.echo.port = 0"),
        ServiceCatalogue.Standard(TimeProvider.System).Handlers);
}
