using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Kernel;
using Xunit.Abstractions;

namespace Handoff.Transport.Tests.Sctp;

public sealed class NotificationParserTests(ITestOutputHelper output)
{
    private static readonly SctpAssociationId Seven = new(7);

    public static TheoryData<string> Kinds => [.. Samples().Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_notification_is_read_as_what_linux_sctp_h_says(string kind)
    {
        var (bytes, expected) = Samples()[kind];
        Assert.Equal(expected.ToString(), NotificationParser.Parse(bytes)!.Value.ToString());
        Assert.Equal(Seven, NotificationParser.Parse(bytes)!.Value.Association);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_that_is_cut_before_its_end_is_nothing(string kind)
    {
        var (bytes, _) = Samples()[kind];
        var fixedPart = bytes.Length - (kind.Contains("with bytes", StringComparison.Ordinal) ? 3 : 0);
        var least = kind == "partial delivery" ? 16 : fixedPart; // older kernels end earlier
        for (var length = 0; length < least; length++) Assert.Null(NotificationParser.Parse(bytes.AsSpan(0, length)));
        Assert.NotNull(NotificationParser.Parse(bytes.AsSpan(0, least)));
    }

    [Fact]
    public void What_a_send_gave_up_comes_with_its_bytes_however_many()
    {
        var (bytes, _) = Samples()["send failed, with bytes"];
        var failed = Assert.IsType<SctpSendFailed>(NotificationParser.Parse(bytes)!.Value.Event);
        Assert.Equal(new byte[] { 1, 2, 3 }, failed.Message.ToArray());
        Assert.Equal((5, 0x01020304U, 9U), (failed.Info.Stream, failed.Info.PayloadProtocol, failed.Info.Context));
        Assert.True(failed.WasSent && failed.Info.Flags is SctpSendFlags.Unordered);
    }

    [Fact]
    public void A_peers_abort_is_told_apart_from_ones_own_and_from_silence()
    {
        Assert.Equal(ResultCode.EEABORTED, Lost(12, withWords: 0).Code);
        Assert.Equal(ResultCode.EERESET, Lost(12, withWords: 4).Code);
        Assert.Equal(ResultCode.EERESET, Lost(13, withWords: 0).Code);
        Assert.Equal(ResultCode.None, Lost(0, withWords: 0).Code);
    }

    [Fact]
    public void Bytes_of_any_kind_never_throw_and_name_only_states_that_there_are()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var samples = Samples().Values.Select(sample => sample.Bytes).ToArray();
        for (var i = 0; i < 200_000; i++)
        {
            var bytes = samples[random.Next(samples.Length)].AsSpan().ToArray();
            for (var changes = random.Next(4); changes >= 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0) random.NextBytes(bytes.AsSpan(2));
            if (random.Next(3) == 0) bytes = bytes[..random.Next(bytes.Length + 1)];
            if (NotificationParser.Parse(bytes) is not { } parsed) continue;
            Assert.True(parsed.Event is null || parsed.Event.Association == parsed.Association);
            if (parsed.Event is SctpAddressChanged changed) Assert.True(Enum.IsDefined(changed.State));
            if (parsed.Event is SctpSendFailed failed) Assert.True(failed.Message.Length <= bytes.Length);
        }
    }

    private static SctpLost Lost(ushort cause, int withWords) => Assert.IsType<SctpLost>(NotificationParser.Parse(
        [.. Bytes(0x8001, [1, 0], Big(cause), [0, 0, 0, 0], Id()), .. new byte[withWords]])!.Value.Event);

    private static Dictionary<string, (byte[] Bytes, SctpNotification Expected)> Samples()
    {
        var address = new IPEndPoint(IPAddress.Parse("127.0.0.1"), 0x1234);
        byte[] name = [2, 0, 0x12, 0x34, 127, 0, 0, 1, .. new byte[120]];
        var info = new SctpSendInfo { Association = Seven, Stream = 5, PayloadProtocol = 0x01020304, Context = 9 };
        var unordered = info with { Flags = SctpSendFlags.Unordered };
        byte[] sndinfo = [5, 0, 4, 0, 1, 2, 3, 4, 9, 0, 0, 0, .. Id()];
        byte[] sndrcvinfo = [5, 0, 0, 0, 3, 0, 0, 0, 1, 2, 3, 4, 9, 0, 0, 0, .. new byte[12], .. Id()];
        return new()
        {
            ["up"] = Told(Bytes(0x8001, [0, 0, 0, 0, 10, 0, 20, 0], Id()), new SctpUp(Seven, 10, 20)),
            ["lost"] = Told(Bytes(0x8001, [1, 0], Big(9), [0, 0, 0, 0], Id()),
                new SctpLost(Seven, ResultCode.EERESET, 9)),
            ["restarted"] = Told(Bytes(0x8001, [2, 0, 0, 0, 1, 0, 2, 0], Id()), new SctpRestarted(Seven, 1, 2)),
            ["over"] = Told(Bytes(0x8001, [3, 0, 0, 0, 1, 0, 2, 0], Id()), new SctpShutdownComplete(Seven)),
            ["cannot start"] = Told(Bytes(0x8001, [4, 0, 0, 0, 0, 0, 0, 0], Id()),
                new SctpCannotStart(Seven, ResultCode.None)),
            ["given up before it was up"] = Told(Bytes(0x8001, [4, 0], Big(12), [0, 0, 0, 0], Id()),
                new SctpCannotStart(Seven, ResultCode.EEABORTED)),
            ["unreachable"] = Told(Bytes(0x8002, name, [1, 0, 0, 0], [0, 0, 0, 0], Id()),
                new SctpAddressChanged(Seven, address, SctpAddressState.Unreachable), answers: false),
            ["confirmed"] = Told(Bytes(0x8002, name, [5, 0, 0, 0], [0, 0, 0, 0], Id()),
                new SctpAddressChanged(Seven, address, SctpAddressState.Confirmed), answers: true),
            ["potentially failed"] = (Bytes(0x8002, name, [6, 0, 0, 0], [0, 0, 0, 0], Id()),
                new SctpNotification(Seven, null) { Answers = false }),
            ["send failed, as before, with bytes"] = Told(
                [.. Bytes(0x8003, [8, 0, 0, 0], sndrcvinfo, Id()), 1, 2, 3],
                new SctpSendFailed(Seven, true, 8, info, new byte[] { 1, 2, 3 })),
            ["send failed, with bytes"] = Told(
                [.. Bytes(0x800D, [8, 0, 0, 0], sndinfo, Id()), 1, 2, 3],
                new SctpSendFailed(Seven, true, 8, unordered, new byte[] { 1, 2, 3 })),
            ["remote error"] = Told(Bytes(0x8004, Big(3), [0, 0], Id()), new SctpRemoteError(Seven, 3)),
            ["peer shuts down"] = Told(Bytes(0x8005, Id()), new SctpPeerShutdown(Seven)),
            ["partial delivery"] = Told(Bytes(0x8006, [0, 0, 0, 0], Id(), [6, 0, 0, 0], [0, 0, 0, 0]),
                new SctpPartialDeliveryAborted(Seven, 6)),
            ["adaptation"] = Told(Bytes(0x8007, [4, 3, 2, 1], Id()), new SctpAdaptation(Seven, 0x01020304)),
            ["dry"] = Told(Bytes(0x8009, Id()), new SctpSenderDry(Seven)),
        };
    }

    // Flags: sent, of those where it means that.
    private static byte[] Bytes(ushort type, params byte[][] parts) =>
        [.. BitConverter.GetBytes(type), 1, 0, 0, 0, 0, 0, .. parts.SelectMany(part => part)];

    private static byte[] Big(ushort value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Id() => [7, 0, 0, 0];

    private static (byte[] Bytes, SctpNotification Expected) Told(
        byte[] bytes, SctpEvent what, bool? answers = null) =>
        (bytes, new SctpNotification(Seven, what) { Answers = answers });
}
