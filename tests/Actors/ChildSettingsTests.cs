using Akka.Configuration;
using Handoff.Configuration;
using Handoff.Transport.Children;

namespace Handoff.Actors.Tests;

public sealed class ChildSettingsTests
{
    [Fact]
    public void The_reference_says_what_a_supervisor_begins_with() =>
        Assert.Equal(new ChildOptions(), new HandoffSettings(ConfigurationFactory.Empty).Children.Options);

    [Fact]
    public void What_a_configuration_says_is_what_it_gets()
    {
        var settings = new HandoffSettings(ConfigurationFactory.ParseString(
            "handoff.children { max-children = 32768, stop-timeout = 2s, max-run-limit = 3s }")).Children;
        Assert.Equal(
            (32_768, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)),
            (settings.MaxChildren, settings.StopTimeout, settings.MaxRunLimit));
    }

    [Theory]
    [InlineData("max-children", "0")]
    [InlineData("max-children", "32769")]
    [InlineData("stop-timeout", "0s")]
    [InlineData("max-run-limit", "25h")]
    public void A_bound_out_of_its_bounds_is_refused_by_its_key(string key, string value)
    {
        var config = ConfigurationFactory.ParseString($"handoff.children.{key} = {value}");
        var refused = Assert.Throws<ConfigurationException>(() => new HandoffSettings(config));
        Assert.Contains($"handoff.children.{key}", refused.Message, StringComparison.Ordinal);
    }
}
