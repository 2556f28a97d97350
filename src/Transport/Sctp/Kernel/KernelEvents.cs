using Handoff.Transport.Associations;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Kernel;

// Which notifications the kernel makes (SCTP_EVENT: RFC 6458, 6.2.2). Those of associations and of addresses always:
// by the latter it shows why an association failed.
internal static class KernelEvents
{
    public const ushort OfAssociations = 0x8001;
    private const ushort OfAddresses = 0x8002;
    private const ushort OfSends = 0x800D;

    // As kernels before 5.5 have it.
    private const ushort OfSendsBefore = 0x8003;

    private static readonly (SctpEventKinds Kind, ushort Type)[] Wanted =
    [
        (SctpEventKinds.PeerShutdown, 0x8005),
        (SctpEventKinds.PartialDeliveryAborted, 0x8006),
        (SctpEventKinds.Adaptation, 0x8007),
        (SctpEventKinds.SenderDry, 0x8009),
        (SctpEventKinds.RemoteError, 0x8004),
    ];

    public static bool TryBegin(int number, SctpEventKinds kinds)
    {
        // Not in kernels before 5.5: there an address that does not answer is told later.
        const int Exposed = 2;
        _ = TryExpose(number, Exposed);
        return KernelCalls.TrySubscribe(number, OfAssociations, isOn: true)
            && KernelCalls.TrySubscribe(number, OfAddresses, isOn: true)
            && TryChange(number, SctpEventKinds.None, kinds);
    }

    public static bool TryChange(int number, SctpEventKinds from, SctpEventKinds to)
    {
        var isDone = true;
        foreach (var (kind, type) in Wanted)
        {
            if (from.HasFlag(kind) != to.HasFlag(kind))
                isDone &= KernelCalls.TrySubscribe(number, type, to.HasFlag(kind));
        }

        var wantsSends = to.HasFlag(SctpEventKinds.SendFailed);
        if (from.HasFlag(SctpEventKinds.SendFailed) != wantsSends)
            isDone &= KernelCalls.TrySubscribe(number, OfSends, wantsSends)
                || KernelCalls.TrySubscribe(number, OfSendsBefore, wantsSends);
        return isDone;
    }

    // Those that are made for a socket with one association.
    public static SctpEventKinds Of(int number)
    {
        var kinds = SctpEventKinds.None;
        foreach (var (kind, type) in Wanted)
        {
            if (KernelCalls.IsSubscribed(number, type)) kinds |= kind;
        }

        return KernelCalls.IsSubscribed(number, OfSends) || KernelCalls.IsSubscribed(number, OfSendsBefore)
            ? kinds | SctpEventKinds.SendFailed
            : kinds;
    }

    // struct sctp_assoc_value, of the associations to come.
    private static unsafe bool TryExpose(int number, int value)
    {
        var bytes = stackalloc int[] { 0, value };
        return SystemCalls.SetOption(
            number, Numbers.Level, Numbers.ExposePotentiallyFailed, bytes, 2 * sizeof(int)) == 0;
    }
}
