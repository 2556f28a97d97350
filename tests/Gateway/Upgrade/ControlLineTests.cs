using System.Text;
using Handoff.Gateway.Control;
using Xunit.Abstractions;

namespace Handoff.Gateway.Tests.Upgrade;

public sealed class ControlLineTests(ITestOutputHelper output)
{
    [Fact]
    public void Whatever_is_said_is_one_line_and_is_read_as_it_was()
    {
        string[] words = ["upgrade", "", "with blank", "two\nlines", "\"quoted\"", "umlaut \u00e4", "\0"];
        var line = ControlLine.Encode(words);
        Assert.Equal((byte)'\n', line[^1]);
        Assert.Equal(1, line.Count(b => b == '\n'));
        Assert.Equal(words, ControlLine.Decode(line.AsSpan()[..^1]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("upgrade")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[\"a\", null]")]
    [InlineData("null")]
    [InlineData("[\"a\"")]
    public void What_is_no_list_of_texts_is_nothing(string line) =>
        Assert.Null(ControlLine.Decode(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void Lines_come_out_whole_however_their_bytes_come_in()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] lines = [.. Enumerable.Range(0, 200).Select(i => new string('x', random.Next(300)) + i)];
        var bytes = Encoding.ASCII.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        var buffer = new LineBuffer();
        var found = new List<string>();
        for (var at = 0; at < bytes.Length;)
        {
            var part = Math.Min(random.Next(1, 1_000), bytes.Length - at);
            found.AddRange(buffer.Add(bytes.AsSpan(at, part))!.Select(line => Encoding.ASCII.GetString(line)));
            at += part;
        }

        Assert.Equal(lines, found);
    }

    [Fact]
    public void A_line_without_end_is_refused_at_the_bound()
    {
        var buffer = new LineBuffer();
        Assert.Empty(buffer.Add(new byte[ControlLine.Longest])!);
        Assert.Null(buffer.Add("x"u8));
    }
}
