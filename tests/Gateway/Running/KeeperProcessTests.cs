using System.Net.Sockets;
using Akka.Configuration;
using Handoff.Configuration;
using Handoff.Transport.Handles.Keeping;

namespace Handoff.Gateway.Tests.Running;

public sealed class KeeperProcessTests
{
    [Fact]
    public async Task Help_tells_what_a_keeper_is_for_and_where_it_listens()
    {
        var (exitCode, output, error) = await GatewayProcess.RunAsync("keeper", "--help");
        Assert.Equal((0, ""), (exitCode, error));
        foreach (var word in (string[])["--control", "PATH", "kill -9", "handoff.keeper", "SIGTERM", "Exit codes: 0"])
            Assert.Contains(word, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keeper_listens_for_its_own_user_only_and_stops_at_a_signal_with_0()
    {
        using var file = new ConfFile("");
        var path = Path.Combine(file.Folder, "keeper");
        await using var keeper = GatewayProcess.Start("keeper", "--control", path);
        await keeper.LogAsync($"info keeper: keeping control={path}");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        using (var stranger = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified))
        {
            await stranger.ConnectAsync(new UnixDomainSocketEndPoint(path));
            await stranger.SendAsync("nonsense"u8.ToArray());
            await keeper.LogAsync("refused process");
        }

        await keeper.SignalAsync("TERM");
        Assert.Equal(0, await keeper.ExitCodeAsync());
        await keeper.LogAsync("info keeper: stopped");
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_keeper_takes_the_place_of_one_that_was_killed_and_of_no_other()
    {
        using var file = new ConfFile("");
        var path = Path.Combine(file.Folder, "keeper");
        await using var first = GatewayProcess.Start("keeper", "--control", path);
        await first.LogAsync("keeping");
        var (exitCode, _, error) = await GatewayProcess.RunAsync("keeper", "--control", path);
        Assert.Equal(1, exitCode);
        Assert.Contains("EEADDRINUSE", error, StringComparison.Ordinal);
        await first.SignalAsync("KILL");
        await first.ExitCodeAsync();
        await using var second = GatewayProcess.Start("keeper", "--control", path);
        await second.LogAsync("keeping");
    }

    [Fact]
    public async Task A_bound_out_of_its_bounds_is_told_with_its_key()
    {
        using var file = new ConfFile("handoff.keeper.hold-timeout = 0s");
        var (exitCode, _, error) = await GatewayProcess.RunAsync("keeper", "--control", "x", "--config", file.Path);
        Assert.Equal(2, exitCode);
        Assert.Contains("handoff.keeper.hold-timeout", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("max-depositors", "0")]
    [InlineData("max-deposits", "1000001")]
    [InlineData("max-deposits-of-one", "0")]
    [InlineData("max-bytes", "24")]
    [InlineData("answer-timeout", "0s")]
    [InlineData("exit-timeout", "0s")]
    [InlineData("accept-pause", "25h")]
    public void A_keepers_bound_is_refused_by_its_key(string key, string value)
    {
        var config = ConfigurationFactory.ParseString($"handoff.keeper.{key} = {value}");
        var refused = Assert.Throws<ConfigurationException>(
            () => KeeperSettings.Read(config));
        Assert.Contains($"handoff.keeper.{key}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reference_says_what_a_keeper_begins_with()
    {
        var read = KeeperSettings.Read(ConfigurationFactory.Empty);
        Assert.Equal(new KeeperOptions(), read);
    }
}
