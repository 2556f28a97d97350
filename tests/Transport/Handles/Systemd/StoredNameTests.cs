using System.Text;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Systemd;

namespace Handoff.Transport.Tests.Handles.Systemd;

public sealed class StoredNameTests
{
    // Key and manifest have letters that a name may not have, or that stand between its parts.
    private static readonly StoredName[] Names =
    [
        new("gateway", null),
        new("a:b/c%d", null),
        new("gateway", new SocketAttachment(new AttachmentKind(-4747010, ""), "echo 0 12 34"u8.ToArray())),
        new("!~", new SocketAttachment(new AttachmentKind(7, "état/1:2"), new byte[] { 0, 1, 254, 255 })),
        new("k", new SocketAttachment(new AttachmentKind(7, "m"), ReadOnlyMemory<byte>.Empty)),
    ];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Names.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_name_says_for_whom_it_is_and_what_goes_with_it(int at)
    {
        var name = Names[at];
        var drawn = name.Draw()!;
        Assert.DoesNotContain(drawn, letter => letter is ':' or <= ' ' or > '~');
        Assert.InRange(drawn.Length, 1, FdStore.LongestName);
        var read = StoredName.Parse(drawn)!;
        Assert.Equal((name.Key, name.Attachment?.Kind), (read.Key, read.Attachment?.Kind));
        Assert.Equal(name.Attachment?.Bytes.ToArray(), read.Attachment?.Bytes.ToArray());
    }

    [Fact]
    public void No_two_have_one_name_and_each_knows_which_names_fit()
    {
        foreach (var name in Names)
        {
            Assert.NotEqual(name.Draw(), name.Draw());
            foreach (var other in Names) Assert.Equal(ReferenceEquals(name, other), name.Fits(other.Draw()!));
            Assert.False(name.Fits("web.socket"));
        }
    }

    [Fact]
    public void An_attachment_that_is_too_long_for_a_name_has_none()
    {
        var kind = new AttachmentKind(1, "");
        var lengths = Enumerable.Range(0, 300).ToLookup(
            length => new StoredName("gateway", new SocketAttachment(kind, new byte[length])).Draw() is null);
        Assert.Equal(Enumerable.Range(0, 300), lengths[false].Concat(lengths[true]));
        Assert.InRange(lengths[false].Max(), 128, 255);
    }

    [Theory]
    [InlineData("")]
    [InlineData("unknown")]
    [InlineData("handoff-1")]
    [InlineData("handoff-1/gateway")]
    [InlineData("handoff-2/gateway/0123456789abcdef")]
    [InlineData("handoff-1/gateway/0123456789abcdef/1/m")]
    [InlineData("handoff-1/gateway/0123456789abcdef/one/m/AA")]
    [InlineData("handoff-1/gateway/0123456789abcdef/1/m/*")]
    [InlineData("handoff-1/gateway/0123456789abcdef/1/m/AA/x")]
    [InlineData("handoff-1/gate way/0123456789abcdef")]
    [InlineData("handoff-1/gäteway/0123456789abcdef")]
    public void What_another_chose_is_no_name_of_ours(string name) => Assert.Null(StoredName.Parse(name));

    [Fact]
    public void Random_names_are_ours_or_not_and_nothing_else()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 5000; round++)
        {
            var name = new StringBuilder(Names[random.Next(Names.Length)].Draw());
            for (var i = random.Next(4); i > 0; i--)
                name[random.Next(name.Length)] = (char)random.Next(' ', 0x80);
            var read = Record.Exception(() => StoredName.Parse(name.ToString()));
            Assert.True(read is null, $"seed {seed}, '{name}': {read}");
        }
    }
}
