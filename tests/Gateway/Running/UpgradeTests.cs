using System.Text;
using Handoff.Gateway.Services;

namespace Handoff.Gateway.Tests.Running;

public sealed class UpgradeTests
{
    private const string Patient = "gateway { drain-timeout = 30s, defaults.line-timeout = 2m }";

    [Fact]
    public async Task Three_generations_in_a_row_keep_every_connection_and_every_byte()
    {
        await using var gateway = Generations.Start(Conf.Services, Patient);
        var echo = await gateway.EndPointOf("echo");
        using var quiet = await TestClient.ConnectAsync(echo);
        await AnswerAsync(quiet, "before");
        var streams = await StreamsAsync(echo, 20);
        for (var generation = 1; generation <= 3; generation++)
        {
            var before = gateway.Current;
            var received = streams.Sum(s => s.Received);
            var output = await gateway.UpgradeAsync();
            Assert.Matches(@"(?m)^starting .*: process \d+$", output);
            Assert.Matches(@"(?m)^ready: process \d+$", output);
            Assert.Contains("stopping 6 listeners and 21 connections\n", output, StringComparison.Ordinal);
            Assert.Contains("the old process ends; 21 connections have moved in all\n", output,
                StringComparison.Ordinal);
            Assert.NotEqual(before, gateway.Current);
            await AnswerAsync(quiet, $"generation {generation}");
            using var late = await TestClient.ConnectAsync(echo);
            Assert.Equal("new", await late.AskAsync("new"));
            Assert.True(streams.Sum(s => s.Received) > received, "nothing went on");
        }

        await EchoStream.FinishAsync(streams);
    }

    [Fact]
    public async Task A_client_that_reads_nothing_moves_with_all_that_waits_for_it()
    {
        const int Sent = 64 << 20;
        await using var gateway = Generations.Start(Conf.Services, Patient);
        using var client = await TestClient.ConnectAsync(await gateway.EndPointOf("echo"));
        var sent = new byte[Sent];
        new Random(7).NextBytes(sent);
        var sending = client.SendAsync(sent);
        await gateway.UpgradeAsync();
        await gateway.UpgradeAsync();
        Assert.False(sending.IsCompleted, "all of it found room: the client held nothing up");
        Assert.Equal(sent, await client.ReceiveAsync(Sent));
        await sending;
        Assert.Equal("", await client.AskAsync(""));
    }

    [Fact]
    public async Task Chargen_continues_its_pattern_exactly_in_the_next_process()
    {
        const int Lines = 50_000;
        await using var gateway = Generations.Start(Conf.Services, Patient);
        var expected = new byte[Lines * ChargenService.LineBytes];
        for (var i = 0; i < Lines; i++) ChargenService.WriteLine(expected.AsSpan(i * ChargenService.LineBytes), i);
        using var client = await TestClient.ConnectAsync(await gateway.EndPointOf("chargen"));
        var first = await client.ReceiveAsync(1_000_000);
        await gateway.UpgradeAsync();
        var second = await client.ReceiveAsync(expected.Length - first.Length);
        Assert.True(expected.AsSpan().SequenceEqual((byte[])[.. first, .. second]));
    }

    [Fact]
    public async Task A_line_of_tcpmux_that_was_begun_is_ended_in_the_next_process()
    {
        await using var gateway = Generations.Start(Conf.Services, Patient);
        using var client = await TestClient.ConnectAsync(await gateway.EndPointOf("tcpmux"));
        await client.SendAsync("ec");
        await gateway.UpgradeAsync();
        Assert.Equal("+\r\nx", await client.AskAsync("ho\r\nx"));
    }

    [Fact]
    public async Task What_is_over_the_limit_moves_all_the_same_and_counts()
    {
        await using var gateway = Generations.Start(
            "gateway.services.echo { port = 0, max-connections = 2 }", Patient);
        var echo = await gateway.EndPointOf("echo");
        using var first = await TestClient.ConnectAsync(echo);
        using var second = await TestClient.ConnectAsync(echo);
        await AnswerAsync(first, "1");
        await AnswerAsync(second, "2");
        await File.AppendAllTextAsync(gateway.ConfigPath, "gateway.services.echo.max-connections = 1\n");
        await gateway.UpgradeAsync();
        await AnswerAsync(first, "still 1");
        await AnswerAsync(second, "still 2");
        using var third = await TestClient.ConnectAsync(echo);
        Assert.Equal("", await third.TextToEndAsync());
    }

    [Fact]
    public async Task What_the_new_configuration_has_not_stays_and_is_drained_and_what_is_new_is_bound()
    {
        await using var gateway = Generations.Start(
            "gateway.services { echo.port = 0, discard.port = 0 }", Patient);
        var echo = await gateway.EndPointOf("echo");
        using var kept = await TestClient.ConnectAsync(echo);
        await AnswerAsync(kept, "kept");
        using var left = await TestClient.ConnectAsync(await gateway.EndPointOf("discard"));
        await left.SendAsync("x");
        var config = await File.ReadAllTextAsync(gateway.ConfigPath);
        await File.WriteAllTextAsync(gateway.ConfigPath,
            config.Replace("discard.port = 0", "daytime.port = 0", StringComparison.Ordinal));
        var upgrading = gateway.UpgradeAsync();
        using var daytime = await TestClient.ConnectAsync(await gateway.EndPointOf("daytime"));
        Assert.EndsWith("-UTC\r\n", await daytime.TextToEndAsync(), StringComparison.Ordinal);
        await gateway.LogAsync("upgrade: moved 1 listeners");
        Assert.False(upgrading.IsCompleted, "the old process did not wait for what it still has");
        Assert.Equal("", await left.AskAsync(""));
        Assert.Contains("1 connections have moved in all", await upgrading, StringComparison.Ordinal);
        await AnswerAsync(kept, "still here");
    }

    [Fact]
    public async Task After_an_upgrade_a_program_has_what_its_client_sent_before_it_ran()
    {
        await using var gateway = Generations.Start(
            "gateway.services.cat { handler = exec, port = 0, program = \"/bin/cat\" }");
        var cat = await gateway.EndPointOf("cat");
        await gateway.UpgradeAsync();
        for (var i = 0; i < 20; i++)
        {
            using var client = await TestClient.ConnectAsync(cat);
            Assert.Equal($"first {i}", await client.AskAsync($"first {i}"));
        }
    }

    internal static async Task<List<EchoStream>> StreamsAsync(System.Net.IPEndPoint echo, int count)
    {
        var streams = new List<EchoStream>();
        var pause = TimeSpan.FromMilliseconds(Math.Max(2, 0.4 * count)); // 20 MB/s, all of them
        for (var i = 0; i < count; i++) streams.Add(await EchoStream.ConnectAsync(echo, i, pause));
        return streams;
    }

    internal static async Task AnswerAsync(TestClient client, string text)
    {
        await client.SendAsync(text);
        Assert.Equal(text, Encoding.Latin1.GetString(await client.ReceiveAsync(text.Length)));
    }
}
