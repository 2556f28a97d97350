using Handoff.Gateway.Configuration;
using Handoff.Gateway.Services;

namespace Handoff.Gateway.Tests.Configuration;

public sealed class BuiltInConfigurationTests
{
    private static readonly IReadOnlyList<HandlerKeys> Handlers =
        ServiceCatalogue.Standard(TimeProvider.System).Handlers;

    [Fact]
    public void It_is_good_and_has_the_services_that_are_promised()
    {
        var result = SettingsReader.Read(ConfigSource.BuiltIn, Handlers);
        var settings = Assert.IsType<SettingsResult.Valid>(result).Settings;
        Assert.Equal(
            [
                "tcpmux 127.0.0.1:7001", "echo 127.0.0.1:7007", "discard 127.0.0.1:7009",
                "daytime 127.0.0.1:7013", "chargen 127.0.0.1:7019", "time 127.0.0.1:7037",
            ],
            settings.Services.Select(s => $"{s.Name} {s.EndPoint}"));
    }

    [Fact]
    public void A_comment_stands_directly_above_each_key()
    {
        var lines = ConfigSource.BuiltIn.Text.Split('\n');
        foreach (var key in Layout().Keys)
        {
            var above = key.Line > 1 ? lines[key.Line - 2].Trim() : "";
            Assert.True(above.StartsWith('#') && above.Length > 10, $"line {key.Line}: {key.Path} has no comment");
        }
    }

    [Fact]
    public void Every_key_that_a_configuration_may_have_is_in_it()
    {
        var layout = Layout();
        string[] blocks =
            ["gateway", "gateway.control", "gateway.keeper", "gateway.upgrade", "gateway.defaults",
                "gateway.services.tcpmux"];
        foreach (var block in blocks)
        {
            // The reader names all the keys it knows when it meets one that it does not.
            var text = $"gateway.services.tcpmux.port = 7\n{block}.no-such-key = 1";
            var error = Assert.Single(Assert.IsType<SettingsResult.Invalid>(
                SettingsReader.Read(new ConfigSource("x.conf", text), Handlers)).Errors);
            var known = error.Message.Split(" are ")[1].Split(", ");
            var written = layout.In(block).Concat(block.Contains("services") ? layout.In("gateway.defaults") : [])
                .Select(k => k.Names[^1]);
            Assert.Empty(known.Except(written));
        }
    }

    private static HoconLayout Layout() => ((ScanResult.Scanned)HoconScanner.Scan(ConfigSource.BuiltIn.Text)).Layout;
}
