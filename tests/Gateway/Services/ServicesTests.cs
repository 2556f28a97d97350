using System.Buffers.Binary;
using System.Text;
using Handoff.Gateway.Services;

namespace Handoff.Gateway.Tests.Services;

public sealed class ServicesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(74)]
    [InlineData(1 << 20)]
    public async Task Echo_sends_back_all_of_it_and_then_finishes(int buffer)
    {
        var client = new PipeClient();
        var sent = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 5_000)));
        var serving = client.Serve(new EchoService(buffer));
        var received = client.ReadToEndAsync();
        await client.Output.WriteAsync(sent);
        await client.Output.CompleteAsync();

        Assert.Equal(sent, await received);
        await serving;
    }

    [Fact]
    public async Task Echo_waits_for_a_client_that_does_not_read()
    {
        const int Pause = 4_096;
        var client = new PipeClient(Pause);
        var serving = client.Serve(new EchoService(256));
        await client.Output.WriteAsync(new byte[100 * Pause / 2]);

        // What the service wrote is in the pipe, and it went no further than the bound and one buffer.
        var read = await client.Input.ReadAsync();
        Assert.InRange(read.Buffer.Length, 1, Pause + 256);
        Assert.False(serving.IsCompleted);
        client.Stop();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }

    [Fact]
    public async Task Echo_ends_with_a_client_that_is_gone()
    {
        var client = new PipeClient();
        var serving = client.Serve(new EchoService(256));
        await client.Input.CompleteAsync();
        await client.Output.WriteAsync(new byte[1]);
        await serving.WaitAsync(PipeClient.Within);
    }

    [Fact]
    public async Task Discard_reads_to_the_end_and_says_nothing()
    {
        var client = new PipeClient();
        var serving = client.Serve(new DiscardService());
        for (var i = 0; i < 100; i++) await client.Output.WriteAsync(new byte[10_000]);
        Assert.False(serving.IsCompleted);
        await client.Output.CompleteAsync();

        Assert.Empty(await client.ReadToEndAsync());
        await serving;
    }

    [Fact]
    public async Task Daytime_is_one_line_of_the_form_that_the_RFC_suggests()
    {
        var client = new PipeClient();
        await client.Serve(new DaytimeService(new StoppedClock(new(1982, 2, 22, 17, 37, 43, TimeSpan.Zero))));
        var line = Encoding.ASCII.GetString(await client.ReadToEndAsync());
        Assert.Equal("Monday, February 22, 1982 17:37:43-UTC\r\n", line);
    }

    // The first three are the examples of RFC 868; the last is the moment at which 32 bits begin anew.
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 2_208_988_800)]
    [InlineData("1976-01-01T00:00:00Z", 2_398_291_200)]
    [InlineData("1980-01-01T00:00:00Z", 2_524_521_600)]
    [InlineData("2036-02-07T06:28:15Z", uint.MaxValue)]
    [InlineData("2036-02-07T06:28:16Z", 0)]
    public async Task Time_is_the_seconds_since_1900(string now, uint seconds)
    {
        var client = new PipeClient();
        await client.Serve(new TimeService(new StoppedClock(DateTimeOffset.Parse(now, null))));
        var answer = await client.ReadToEndAsync();
        Assert.Equal(sizeof(uint), answer.Length);
        Assert.Equal(seconds, BinaryPrimitives.ReadUInt32BigEndian(answer));
    }

    [Fact]
    public async Task Chargen_is_the_pattern_of_the_RFC_without_end()
    {
        const string First = """ !"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefg""";
        const string Second = """!"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefgh""";
        var client = new PipeClient();
        var serving = client.Serve(new ChargenService(16 << 10));
        await client.Output.WriteAsync("thrown away"u8.ToArray());

        var lines = new List<string>();
        var reader = new StreamReader(client.Input.AsStream(), Encoding.ASCII);
        for (var i = 0; i < 1_000; i++) lines.Add((await reader.ReadLineAsync())!);
        await client.Input.CompleteAsync();
        await serving.WaitAsync(PipeClient.Within);

        Assert.Equal([First, Second], lines.Take(2));
        Assert.All(lines, line => Assert.Equal(72, line.Length));
        for (var i = 1; i < lines.Count; i++) Assert.Equal(lines[i - 1][1..], lines[i][..^1]);
        Assert.Equal(lines[0], lines[95]);
        Assert.EndsWith("~", lines[23], StringComparison.Ordinal);
        Assert.EndsWith("~ ", lines[24], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chargen_is_held_back_by_a_client_that_does_not_read()
    {
        const int Pause = 4_096;
        const int Buffer = 740;
        var client = new PipeClient(Pause);
        var serving = client.Serve(new ChargenService(Buffer));
        var read = await client.Input.ReadAsync();
        Assert.InRange(read.Buffer.Length, 1, Pause + Buffer);
        Assert.False(serving.IsCompleted);
        client.Stop();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
