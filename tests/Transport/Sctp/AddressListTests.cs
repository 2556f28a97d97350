using System.Net;
using Handoff.Transport.Sctp.Kernel;
using Xunit.Abstractions;

namespace Handoff.Transport.Tests.Sctp;

public sealed class AddressListTests(ITestOutputHelper output)
{
    private static readonly IPEndPoint[] Mixed =
    [
        new(IPAddress.Parse("127.0.0.2"), 7), new(IPAddress.IPv6Loopback, 7), new(IPAddress.Parse("10.1.2.3"), 7),
    ];

    [Fact]
    public void Addresses_lie_one_behind_the_other_each_as_long_as_its_family_needs()
    {
        var bytes = AddressList.Write(Mixed);
        Assert.Equal(16 + 28 + 16, bytes.Length);
        Assert.Equal(Mixed, AddressList.Read(bytes, 3));
        Assert.Equal(Mixed[..2], AddressList.Read(bytes, 2));
        Assert.Equal(Mixed[..2], AddressList.Read(bytes.AsSpan(0, bytes.Length - 1), 3));
        Assert.Empty(AddressList.Read([], 3));
    }

    [Fact]
    public void Only_a_link_local_address_keeps_its_interface()
    {
        var linkLocal = new IPEndPoint(IPAddress.Parse("fe80::1%3"), 7);
        var global = new IPEndPoint(IPAddress.Parse("2001:db8::1%3"), 7);
        var bytes = AddressList.Write([linkLocal, global]);
        Assert.Equal([linkLocal, new(IPAddress.Parse("2001:db8::1"), 7)], AddressList.Read(bytes, 2));
    }

    [Fact]
    public void Bytes_of_any_kind_are_read_without_a_throw_and_no_more_than_there_are()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 50_000; i++)
        {
            var bytes = AddressList.Write(Mixed);
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var count = random.Next(-2, 10);
            Assert.InRange(AddressList.Read(bytes.AsSpan(0, random.Next(bytes.Length)), count).Count, 0, 3);
        }
    }
}
