using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Handoff.Gateway.Services;
using Xunit.Abstractions;

namespace Handoff.Gateway.Tests.Running;

public sealed class ServicesOverTcpTests(ITestOutputHelper output) : IAsyncLifetime
{
    private TestGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await TestGateway.StartAsync(Conf.StopSoon, Conf.Services);

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Echo_gives_a_half_closing_client_everything_back_and_then_the_end()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var sent = new byte[4 << 20];
        new Random(seed).NextBytes(sent);
        using var client = await _gateway.ConnectAsync("echo");
        var receiving = client.ReceiveToEndAsync();
        await client.SendAsync(sent);
        client.Finish();
        var received = await receiving;
        Assert.True(sent.AsSpan().SequenceEqual(received), $"seed {seed}");
    }

    [Fact]
    public async Task Echo_answers_before_the_client_has_finished()
    {
        using var client = await _gateway.ConnectAsync("echo");
        for (var i = 0; i < 100; i++)
        {
            await client.SendAsync($"line {i}\n");
            var expected = $"line {i}\n";
            Assert.Equal(expected, Encoding.Latin1.GetString(await client.ReceiveAsync(expected.Length)));
        }
    }

    [Fact]
    public async Task Discard_takes_everything_and_ends_with_the_client()
    {
        using var client = await _gateway.ConnectAsync("discard");
        for (var i = 0; i < 64; i++) await client.SendAsync(new byte[64 << 10]);
        client.Finish();
        Assert.Empty(await client.ReceiveToEndAsync());
    }

    [Fact]
    public async Task Daytime_tells_the_time_and_closes()
    {
        using var client = await _gateway.ConnectAsync("daytime");
        var line = await client.TextToEndAsync();
        Assert.EndsWith("-UTC\r\n", line, StringComparison.Ordinal);
        var told = DateTime.ParseExact(
            line[..^6], "dddd, MMMM d, yyyy HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Assert.InRange(told.ToUniversalTime(), DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddMinutes(5));
    }

    [Fact]
    public async Task Time_tells_the_seconds_and_closes()
    {
        using var client = await _gateway.ConnectAsync("time");
        var told = BinaryPrimitives.ReadUInt32BigEndian(await client.ReceiveToEndAsync());
        var now = TimeService.Seconds(DateTimeOffset.UtcNow);
        Assert.InRange(told, now - 300, now + 300);
    }

    [Fact]
    public async Task Chargen_sends_its_pattern_until_the_client_closes()
    {
        const int Lines = 20_000;
        var expected = new byte[Lines * ChargenService.LineBytes];
        for (var i = 0; i < Lines; i++) ChargenService.WriteLine(expected.AsSpan(i * ChargenService.LineBytes), i);
        using (var client = await _gateway.ConnectAsync("chargen"))
        {
            await client.SendAsync("thrown away");
            Assert.Equal(expected, await client.ReceiveAsync(expected.Length));
        }

        using var half = await _gateway.ConnectAsync("chargen");
        half.Finish();
        Assert.Equal(expected[..1_000_000], await half.ReceiveAsync(1_000_000));
    }

    [Fact]
    public async Task A_client_that_resets_costs_nobody_else_anything()
    {
        using var bystander = await _gateway.ConnectAsync("echo");
        foreach (var service in (string[])["echo", "discard", "chargen", "daytime", "time", "tcpmux"])
        {
            using var client = await _gateway.ConnectAsync(service);
            await client.SendAsync("echo\r\nbytes");
            client.Reset();
        }

        Assert.Equal("still here", await bystander.AskAsync("still here"));
        using var next = await _gateway.ConnectAsync("tcpmux");
        Assert.Equal("+\r\nnew", await next.AskAsync("echo\r\nnew"));
    }
}
