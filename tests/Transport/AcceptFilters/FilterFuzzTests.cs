using System.Buffers;
using System.Text;
using Handoff.Transport.Sockets.AcceptFilters;
using Xunit.Abstractions;

namespace Handoff.Transport.Tests.AcceptFilters;

/// <summary>Filters read what strangers send: any bytes, cut anywhere.</summary>
public sealed class FilterFuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 3_000;
    private const int LineLength = 40;

    private static readonly byte[][] Words =
    [
        [.. "GET "u8], [.. "POST "u8], [.. "/a "u8], [.. "HTTP/1.1"u8], [.. " HTTP/"u8], [.. "\r\n"u8], [.. "\n"u8],
        [.. "\r\n\r\n"u8], [.. "\r"u8], [.. "Host: x"u8], [22, 3, 1, 0, 4, 1, 0, 0, 0], [22, 3, 3, 0, 1, 1], [22, 3],
        [1, 0, 0, 20], [0, 0], [21, 3, 3, 0, 2],
    ];

    public static TheoryData<string> Filters => ["data-ready", "line", "http-head", "client-hello"];

    [Theory]
    [MemberData(nameof(Filters))]
    public void What_a_filter_says_depends_on_the_bytes_and_not_on_how_they_were_cut(string name)
    {
        var (filter, expected) = Of(name);
        var random = Seeded();
        var decided = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Any(random);
            var (length, code) = filter.Decision(bytes);
            Assert.Equal(expected(bytes), length);
            if (length > 0) decided++;
            for (var cut = 0; cut < 3; cut++)
            {
                var to = random.Next(bytes.Length + 1);
                var pieces = Cut.Into(bytes.AsMemory(0, to), () => random.Next(1, 8));
                var before = length < 0 || to < length;
                var said = filter.Look(pieces, AcceptMoment.Arriving).Code;
                if (before) Assert.Equal(ResultCode.None, said);
                else Assert.Equal(code, said);
                Assert.Contains(
                    filter.Look(pieces, AcceptMoment.Full).Code,
                    (ResultCode[])[ResultCode.None, ResultCode.EESUCCESS, ResultCode.EEMSGSIZE]);
            }
        }

        Assert.InRange(decided, Rounds / 20, Rounds);
    }

    private static byte[] Any(Random random)
    {
        var bytes = new List<byte>();
        for (var parts = random.Next(12); parts > 0; parts--)
        {
            var junk = new byte[random.Next(6)];
            random.NextBytes(junk);
            bytes.AddRange(random.Next(4) == 0 ? junk : Words[random.Next(Words.Length)]);
        }

        if (bytes.Count > 0 && random.Next(8) == 0) bytes[random.Next(bytes.Count)] ^= (byte)(1 << random.Next(8));
        return random.Next(3) switch
        {
            0 => [.. "GET / HTTP/1.1\r\n"u8, .. bytes],
            1 => [.. Tls.Records(Tls.Message(random.Next(60)), random.Next(1, 30)), .. bytes],
            _ => [.. bytes],
        };
    }

    // The filter, and the same said in another way: with how many bytes it decides, or -1.
    private static (IAcceptFilter Filter, Func<byte[], int> Expected) Of(string name) => name switch
    {
        "data-ready" => (AcceptFilter.DataReady, bytes => bytes.Length > 0 ? 1 : -1),
        "line" => (AcceptFilter.Line(LineLength), LineEnd),
        "http-head" => (AcceptFilter.HttpHead, HeadEnd),
        _ => (AcceptFilter.ClientHello, HelloEnd),
    };

    private static int LineEnd(byte[] bytes) => (Array.IndexOf(bytes, (byte)'\n'), bytes.Length) switch
    {
        (>= 0 and < LineLength and var at, _) => at + 1,
        (_, >= LineLength) => LineLength,
        _ => -1,
    };

    private static int HeadEnd(byte[] bytes)
    {
        string[] methods = ["GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "CONNECT ", "OPTIONS ", "TRACE ", "PATCH "];
        var text = Encoding.Latin1.GetString(bytes);
        for (var length = 1; length <= text.Length; length++)
        {
            var known = text[..length];
            if (!methods.Any(m => m.StartsWith(known, StringComparison.Ordinal)
                || known.StartsWith(m, StringComparison.Ordinal))) return length;
            var lines = known.Split('\n');
            if (lines.Length == 1) continue;
            if (!lines[0].Contains(" HTTP/", StringComparison.Ordinal)) return length;
            if (lines[1..^1].Any(line => line is "" or "\r")) return length;
        }

        return -1;
    }

    private static int HelloEnd(byte[] bytes)
    {
        List<byte> message = [];
        for (var at = 0; at + 5 <= bytes.Length;)
        {
            var length = (bytes[at + 3] << 8) + bytes[at + 4];
            if (bytes[at] != 22 || bytes[at + 1] != 3 || length is 0 or > 16384) return at + 5;
            at += 5 + length;
            if (at > bytes.Length) return -1;
            message.AddRange(bytes[(at - length)..at]);
            if (message[0] != 1) return at;
            if (message.Count >= 4 && message.Count - 4 >= (message[1] << 16) + (message[2] << 8) + message[3])
                return at;
        }

        return -1;
    }

    private Random Seeded()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        return new Random(seed);
    }
}
