using Akka.Configuration;
using Handoff.Configuration;
using Handoff.Transport.Handles.Rendezvous;

namespace Handoff.Actors.Tests;

public sealed class ProcessSettingsTests
{
    [Fact]
    public void The_reference_says_what_processes_begin_with_to_find_each_other()
    {
        var settings = new HandoffSettings(ConfigurationFactory.Empty);
        Assert.Equal(
            new RendezvousOptions { Handles = settings.Handles.Options }, settings.Processes.Options);
        Assert.Equal("", settings.Processes.Directory);
    }

    [Fact]
    public void What_a_configuration_says_is_what_they_get()
    {
        var settings = new HandoffSettings(ConfigurationFactory.ParseString("""
            handoff {
              processes {
                directory = "/run/elsewhere"
                max-peers = 4096
                first-frame-timeout = 2s
                max-names = 65536
                recheck-interval = 3s
              }
              listen.accept-pause = 4s
              give.max-waiting = 5
              handles.max-sockets = 6
            }
            """)).Processes;
        Assert.Equal("/run/elsewhere", settings.Directory);
        Assert.Equal((4096, 65_536), (settings.MaxPeers, settings.MaxNames));
        Assert.Equal(TimeSpan.FromSeconds(2), settings.FirstFrameTimeout);
        Assert.Equal(TimeSpan.FromSeconds(3), settings.RecheckInterval);
        Assert.Equal(TimeSpan.FromSeconds(4), settings.Options.AcceptPause);
        Assert.Equal((5, 6), (settings.Options.MaxWaiting, settings.Options.Handles.MaxSockets));
    }

    [Theory]
    [InlineData("max-peers", "0")]
    [InlineData("max-peers", "4097")]
    [InlineData("first-frame-timeout", "0s")]
    [InlineData("max-names", "0")]
    [InlineData("max-names", "65537")]
    [InlineData("recheck-interval", "25h")]
    public void A_bound_out_of_its_bounds_is_refused_by_its_key(string key, string value)
    {
        var config = ConfigurationFactory.ParseString($"handoff.processes.{key} = {value}");
        var refused = Assert.Throws<ConfigurationException>(() => new HandoffSettings(config));
        Assert.Contains($"handoff.processes.{key}", refused.Message, StringComparison.Ordinal);
    }
}
