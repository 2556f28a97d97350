using Akka.Configuration;
using Handoff.Configuration;

namespace Handoff.Actors.Tests;

public sealed class StatusSettingsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(65_537)]
    [InlineData(int.MaxValue)]
    public void A_page_that_is_too_large_or_none_is_refused_by_its_key(int sockets)
    {
        var config = ConfigurationFactory.ParseString($"handoff.status.max-page = {sockets}");
        var refused = Assert.Throws<ConfigurationException>(() => new HandoffSettings(config));
        Assert.Contains("handoff.status.max-page", refused.Message, StringComparison.Ordinal);
    }
}
