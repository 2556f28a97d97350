using System.Text;
using Handoff.Gateway.Services;
using Xunit.Abstractions;

namespace Handoff.Gateway.Tests.Services;

// A service that is paused, over and over, does what one does that never was.
public sealed class PauseTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Echo_goes_on_where_it_was_paused_and_nothing_is_lost_or_said_twice()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var sent = new byte[2 << 20];
        random.NextBytes(sent);
        var client = new PipeClient(4_096);
        var receiving = client.ReadToEndAsync();
        var serving = client.Serve(new EchoService(1_000));
        for (var at = 0; at < sent.Length;)
        {
            var part = Math.Min(random.Next(1, 20_000), sent.Length - at);
            await client.Output.WriteAsync(sent.AsMemory(at, part));
            at += part;
            client.Pause();
            var paused = Assert.IsType<Served.Paused>(await serving.WaitAsync(PipeClient.Within));
            serving = client.Serve(new EchoService(1_000), paused.At);
        }

        await client.Output.CompleteAsync();
        var received = await receiving;
        Assert.True(sent.AsSpan().SequenceEqual(received), $"seed {seed}");
        Assert.IsType<Served.Finished>(await serving);
    }

    [Fact]
    public async Task Echo_whose_client_reads_nothing_is_paused_again_and_again_and_accepts_no_more_each_time()
    {
        const int Pause = 4_096;
        const int Buffer = 256;
        var client = new PipeClient(Pause);
        await client.Output.WriteAsync(new byte[100 * Pause]);
        var service = new EchoService(Buffer);
        for (var i = 0; i < 100; i++)
        {
            var serving = client.Serve(service);
            client.Pause();
            Assert.IsType<Served.Paused>(await serving.WaitAsync(PipeClient.Within));
        }

        var last = client.Serve(service);
        var read = await client.Input.ReadAsync();
        Assert.InRange(read.Buffer.Length, Pause, Pause + 2 * Buffer);
        Assert.False(last.IsCompleted);
        client.Stop();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => last);
    }

    // Less than it writes at a time, more than that, and all there is.
    [Theory]
    [InlineData(7)]
    [InlineData(95)]
    [InlineData(200)]
    public async Task What_echo_has_said_before_a_crash_it_does_not_say_again_wherever_it_is_paused(int said)
    {
        var sent = new byte[200];
        for (var i = 0; i < sent.Length; i++) sent[i] = (byte)i;
        var client = new PipeClient();
        var receiving = client.ReadToEndAsync();
        await client.Output.WriteAsync(sent.AsMemory(0, 100));
        var serving = client.Serve(new EchoService(10), said);
        client.Pause();
        var paused = Assert.IsType<Served.Paused>(await serving.WaitAsync(PipeClient.Within));
        Assert.InRange(paused.At, Math.Max(0, said - 100), said);
        serving = client.Serve(new EchoService(10), paused.At);
        await client.Output.WriteAsync(sent.AsMemory(100));
        await client.Output.CompleteAsync();
        Assert.Equal(sent[said..], await receiving);
        Assert.IsType<Served.Finished>(await serving);
    }

    [Fact]
    public async Task Chargen_continues_its_pattern_exactly()
    {
        const int Lines = 5_000;
        var client = new PipeClient(4_096);
        var reader = new StreamReader(client.Input.AsStream(), Encoding.ASCII);
        var service = new ChargenService(740);
        var serving = client.Serve(service);
        var expected = new byte[ChargenService.LineBytes];
        for (var line = 0; line < Lines; line++)
        {
            ChargenService.WriteLine(expected, line);
            Assert.Equal(Encoding.ASCII.GetString(expected, 0, ChargenService.Columns), await reader.ReadLineAsync());
            if (line % 7 != 0) continue;
            client.Pause();
            var paused = Assert.IsType<Served.Paused>(await serving.WaitAsync(PipeClient.Within));
            serving = client.Serve(service, paused.At);
        }

        await client.Input.CompleteAsync();
        Assert.IsType<Served.Finished>(await serving.WaitAsync(PipeClient.Within));
    }

    [Fact]
    public async Task Discard_is_paused_and_still_ends_with_its_client()
    {
        var client = new PipeClient();
        for (var i = 0; i < 10; i++)
        {
            var serving = client.Serve(new DiscardService());
            await client.Output.WriteAsync(new byte[1_000]);
            client.Pause();
            Assert.IsType<Served.Paused>(await serving.WaitAsync(PipeClient.Within));
        }

        var last = client.Serve(new DiscardService());
        await client.Output.CompleteAsync();
        Assert.Empty(await client.ReadToEndAsync());
        Assert.IsType<Served.Finished>(await last);
    }

    [Fact]
    public async Task What_is_said_at_once_is_said_whether_it_is_to_pause_or_not()
    {
        var client = new PipeClient();
        var serving = client.Serve(new TimeService(TimeProvider.System));
        client.Pause();
        Assert.IsType<Served.Finished>(await serving.WaitAsync(PipeClient.Within));
        Assert.Equal(sizeof(uint), (await client.ReadToEndAsync()).Length);
    }
}
