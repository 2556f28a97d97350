using Akka.Configuration;
using Handoff.Configuration;
using Handoff.Transport.Handles;

namespace Handoff.Actors.Tests;

public sealed class HandleSettingsTests
{
    [Fact]
    public void The_reference_says_what_a_move_between_processes_begins_with()
    {
        var settings = new HandoffSettings(ConfigurationFactory.Empty).Handles;
        Assert.Equal(new HandleOptions { TimeProvider = settings.Options.TimeProvider }, settings.Options);
    }

    [Theory]
    [InlineData("max-frame", "4095")]
    [InlineData("max-frame", "193KiB")]
    [InlineData("max-payload", "4095")]
    [InlineData("max-payload", "1025MiB")]
    [InlineData("max-move", "4095")]
    [InlineData("max-move", "2GiB")]
    [InlineData("max-attachment", "0")]
    [InlineData("max-attachment", "1025MiB")]
    [InlineData("max-sockets", "0")]
    [InlineData("max-sockets", "4097")]
    [InlineData("answer-timeout", "0s")]
    [InlineData("quiesce-timeout", "0s")]
    [InlineData("transfer-timeout", "0s")]
    [InlineData("send-timeout", "25h")]
    public void A_bound_out_of_its_bounds_is_refused_by_its_key(string key, string value)
    {
        var config = ConfigurationFactory.ParseString($"handoff.handles.{key} = {value}");
        var refused = Assert.Throws<ConfigurationException>(() => new HandoffSettings(config));
        Assert.Contains($"handoff.handles.{key}", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quiesce-timeout = 5s")]
    [InlineData("transfer-timeout = 1s")]
    public void Sockets_that_may_take_as_long_to_stop_as_the_taker_waits_are_refused_by_both_keys(string bound)
    {
        var config = ConfigurationFactory.ParseString($"handoff.handles.{bound}");
        var refused = Assert.Throws<ConfigurationException>(() => new HandoffSettings(config));
        Assert.Contains("handoff.handles.quiesce-timeout", refused.Message, StringComparison.Ordinal);
        Assert.Contains("handoff.handles.transfer-timeout", refused.Message, StringComparison.Ordinal);
    }
}
