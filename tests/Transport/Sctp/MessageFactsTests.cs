using System.Buffers.Binary;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Kernel;
using Xunit.Abstractions;

namespace Handoff.Transport.Tests.Sctp;

public sealed class MessageFactsTests(ITestOutputHelper output)
{
    [Fact]
    public void A_send_is_written_as_sndinfo_and_where_it_may_be_given_up_prinfo()
    {
        var control = new byte[MessageFacts.MostWritten];
        var info = new SctpSendInfo
        {
            Stream = 3,
            PayloadProtocol = 0x01020304,
            Context = 5,
            Flags = SctpSendFlags.Unordered | SctpSendFlags.Abort,
        };
        Assert.Equal(32, MessageFacts.Write(info, new(9), control));
        byte[] sndinfo =
        [
            32, 0, 0, 0, 0, 0, 0, 0, 132, 0, 0, 0, 2, 0, 0, 0, 3, 0, 5, 0, 1, 2, 3, 4, 5, 0, 0, 0, 9, 0, 0, 0,
        ];
        Assert.Equal(sndinfo, control[..32]);
        var unreliable = info with { Reliability = new(SctpReliabilityPolicy.Retransmissions, 258) };
        Assert.Equal(56, MessageFacts.Write(unreliable, new(9), control));
        Assert.Equal(sndinfo, control[..32]);
        byte[] prinfo = [24, 0, 0, 0, 0, 0, 0, 0, 132, 0, 0, 0, 5, 0, 0, 0, 0x20, 0, 0, 0, 2, 1, 0, 0];
        Assert.Equal(prinfo, control[32..]);
    }

    [Theory]
    [InlineData(SctpSendFlags.None, 0)]
    [InlineData(SctpSendFlags.Unordered, 1)]
    [InlineData(SctpSendFlags.AddressOverride, 2)]
    [InlineData(SctpSendFlags.Abort, 4)]
    [InlineData(SctpSendFlags.EndAssociation, 0x200)]
    public void Flags_are_those_of_Linux(SctpSendFlags flags, int expected)
    {
        var control = new byte[MessageFacts.MostWritten];
        MessageFacts.Write(new SctpSendInfo { Flags = flags }, default, control);
        Assert.Equal(expected, BinaryPrimitives.ReadUInt16LittleEndian(control.AsSpan(18)));
    }

    [Fact]
    public void What_comes_beside_a_message_is_read_and_what_is_not_ours_is_passed_over()
    {
        byte[] stranger = [20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0];
        var (info, next) = MessageFacts.Read([.. stranger, .. Received(), .. Next()]);
        Assert.Equal(new SctpReceiveInfo(new(7), 1, 2, 0x01020304, 3, 4, 5, IsUnordered: true), info);
        Assert.Equal(new SctpNextInfo(new(8), 6, 9, 100, false, true, IsEvent: true), next);
        Assert.Equal((null, null), MessageFacts.Read([]));
    }

    [Fact]
    public void Control_bytes_of_any_kind_never_throw()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 200_000; i++)
        {
            byte[] bytes = [.. Received(), .. Next()];
            for (var changes = random.Next(4); changes >= 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            bytes = bytes[..random.Next(bytes.Length + 1)];
            var (info, next) = MessageFacts.Read(bytes);
            Assert.True(bytes.Length >= 44 || info is null);
            Assert.True(next is null || next.Value.Length >= 0);
        }
    }

    private static byte[] Received() =>
    [
        44, 0, 0, 0, 0, 0, 0, 0, 132, 0, 0, 0, 3, 0, 0, 0,
        1, 0, 2, 0, 1, 0, 0, 0, 1, 2, 3, 4, 3, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0,
    ];

    private static byte[] Next() =>
    [
        32, 0, 0, 0, 0, 0, 0, 0, 132, 0, 0, 0, 4, 0, 0, 0,
        6, 0, 0, 0x80, 0, 0, 0, 9, 100, 0, 0, 0, 8, 0, 0, 0,
    ];
}
