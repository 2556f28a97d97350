using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Handoff.Gateway.Connections;
using Xunit.Abstractions;

namespace Handoff.Gateway.Tests.Services;

public sealed class TcpmuxLineTests(ITestOutputHelper output)
{
    private const int MaxLine = 40;

    [Theory]
    [InlineData("echo\r\n", "echo", 6)]
    [InlineData("echo\n", "echo", 5)]
    [InlineData("\r\n", "", 2)]
    [InlineData("echo\r\nand more\r\n", "echo", 6)]
    [InlineData("ec\rho\r\n", "ec\rho", 7)]
    [InlineData("0123456789012345678901234567890123456789", null, 0)]
    [InlineData("01234567890123456789012345678901234567\r\n", "01234567890123456789012345678901234567", 40)]
    public void A_line_ends_with_CRLF_or_LF(string text, string? name, int consumed)
    {
        var bytes = new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(text));
        var taken = TcpmuxLine.TryTake(bytes, MaxLine);
        Assert.NotNull(taken);
        if (name is null)
        {
            Assert.IsType<TcpmuxRequest.TooLong>(taken.Value.Request);
            return;
        }

        Assert.Equal(new TcpmuxRequest.Named(name), taken.Value.Request);
        Assert.Equal(consumed, bytes.Slice(0, taken.Value.Next).Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("echo")]
    [InlineData("echo\r")]
    [InlineData("012345678901234567890123456789012345678")]
    public void Less_than_a_line_is_waited_for(string text) =>
        Assert.Null(TcpmuxLine.TryTake(new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(text)), MaxLine));

    [Fact]
    public async Task What_follows_the_line_stays_for_the_next_owner_however_it_arrives()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 1_000; i++)
        {
            var pipe = new Pipe();
            var text = "Echo" + (random.Next(2) == 0 ? "\r\n" : "\n") + "payload\r\n" + i;
            var reading = TcpmuxLine.ReadAsync(pipe.Reader, MaxLine, CancellationToken.None);
            for (var at = 0; at < text.Length;)
            {
                var part = random.Next(1, text.Length - at + 1);
                await pipe.Writer.WriteAsync(Encoding.ASCII.GetBytes(text.Substring(at, part)));
                at += part;
            }

            await pipe.Writer.CompleteAsync();
            Assert.Equal(new TcpmuxRequest.Named("Echo"), await reading);
            var rest = await new StreamReader(pipe.Reader.AsStream()).ReadToEndAsync();
            Assert.True(rest == "payload\r\n" + i, $"seed {seed}, round {i}: {rest}");
        }
    }

    [Fact]
    public async Task A_client_that_ends_before_its_line_does_is_gone()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync("ech"u8.ToArray());
        await pipe.Writer.CompleteAsync();
        Assert.IsType<TcpmuxRequest.Gone>(await TcpmuxLine.ReadAsync(pipe.Reader, MaxLine, CancellationToken.None));
    }

    [Fact]
    public async Task A_read_that_is_given_up_is_too_late_unless_the_line_is_there()
    {
        var silent = new Pipe();
        var reading = TcpmuxLine.ReadAsync(silent.Reader, MaxLine, CancellationToken.None);
        silent.Reader.CancelPendingRead();
        Assert.IsType<TcpmuxRequest.TooLate>(await reading);

        var spoken = new Pipe();
        await spoken.Writer.WriteAsync("echo\n"u8.ToArray());
        spoken.Reader.CancelPendingRead();
        var request = await TcpmuxLine.ReadAsync(spoken.Reader, MaxLine, CancellationToken.None);
        Assert.Equal(new TcpmuxRequest.Named("echo"), request);
    }
}
