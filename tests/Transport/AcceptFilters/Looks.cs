using System.Buffers;
using System.Text;
using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.Transport.Tests.AcceptFilters;

internal static class Looks
{
    public static ResultCode Code(
        this IAcceptFilter filter, ReadOnlyMemory<byte> bytes, AcceptMoment moment = AcceptMoment.Arriving) =>
        filter.Look(new ReadOnlySequence<byte>(bytes), moment).Code;

    public static ResultCode Code(
        this IAcceptFilter filter, string text, AcceptMoment moment = AcceptMoment.Arriving) =>
        filter.Code(Encoding.ASCII.GetBytes(text), moment);

    /// <summary>How many bytes have come when it decides, and how; (-1, None) if it never does.</summary>
    public static (int Length, ResultCode Code) Decision(this IAcceptFilter filter, byte[] bytes)
    {
        for (var length = 0; length <= bytes.Length; length++)
        {
            if (filter.Code(bytes.AsMemory(0, length)) is not ResultCode.None and var code) return (length, code);
        }

        return (-1, ResultCode.None);
    }
}
