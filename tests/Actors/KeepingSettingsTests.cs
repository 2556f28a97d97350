using Akka.Configuration;
using Handoff.Configuration;

namespace Handoff.Actors.Tests;

public sealed class KeepingSettingsTests
{
    [Theory]
    [InlineData("kind", "store")]
    [InlineData("key", "\"\"")]
    [InlineData("key", "\"two words\"")]
    [InlineData("check-interval", "0s")]
    [InlineData("max-waiting", "0")]
    public void A_value_out_of_its_bounds_is_refused_by_its_key(string key, string value)
    {
        var config = ConfigurationFactory.ParseString($"handoff.keeper.{key} = {value}");
        var refused = Assert.Throws<ConfigurationException>(() => new HandoffSettings(config));
        Assert.Contains($"handoff.keeper.{key}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_keeps_anything_where_nothing_is_said()
    {
        var keeping = new HandoffSettings(Config.Empty).Keeping;
        Assert.Equal((false, "", "handoff"), (keeping.IsManagers, keeping.Control, keeping.Key));
    }
}
