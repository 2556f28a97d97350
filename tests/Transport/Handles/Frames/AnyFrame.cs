using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FsCheck;
using FsCheck.Fluent;
using Handoff.Transport.Associations;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Tests.Handles.Frames;

// Frames of every kind, with all that may be in them.
internal static class AnyFrame
{
    private static readonly ResultCode[] Failures =
        [.. Enum.GetValues<ResultCode>().Where(code => code is not (ResultCode.None or ResultCode.EESUCCESS))];

    private static readonly string[] Pieces = ["", "a", "tcp", "connection", "ä", "€", "😀", "\0", "\r\n", "x.y/z"];

    public static Gen<ulong> Id =>
        Gen.Choose(0, int.MaxValue).Two().Select(two => ((ulong)two.Item1 << 32) | (uint)two.Item2);

    private static Gen<long> Position =>
        Gen.OneOf(Gen.Choose(0, 100_000).Select(small => (long)small), Id.Select(id => (long)(id & long.MaxValue)));

    private static Gen<EndPoint?> Address => Gen.OneOf(
        Gen.Constant((EndPoint?)null),
        Octets(4).Zip(Gen.Choose(0, 65_535), IPAddressOf),
        Octets(16).Zip(Gen.Choose(0, 65_535), IPAddressOf),
        Gen.Elements("/run/a.sock", "/run/ä b", "\0abstract", new string('p', 100))
            .Select(path => (EndPoint?)new UnixDomainSocketEndPoint(path)));

    private static Gen<SocketAttachment?> Attachment => Gen.OneOf(
        Gen.Constant((SocketAttachment?)null),
        from serializer in Gen.Choose(int.MinValue, int.MaxValue)
        from manifest in Text(FrameBounds.Manifest)
        from bytes in Bytes
        select (SocketAttachment?)new SocketAttachment(new AttachmentKind(serializer, manifest), bytes));

    public static Gen<SocketFacts> Facts =>
        from kind in Gen.Elements(Enum.GetValues<HandleKind>())
        from transport in Text(FrameBounds.Transport)
        from local in Address
        from remote in Address
        from unread in Position
        from unsent in Position
        from messages in Position
        from attachment in Attachment
        select new SocketFacts(kind, transport, local, remote, unread, unsent, attachment)
        {
            UnreadMessages = messages,
        };

    private static Gen<QueuedMessage[]> Messages =>
        Gen.OneOf(
            from address in Address
            from bytes in Bytes
            from isTruncated in Gen.Elements(true, false)
            select new QueuedMessage(address, bytes) { IsTruncated = isTruncated },
            from address in Address
            from failure in Gen.Elements(Failures)
            select new QueuedMessage(address, default) { Failure = failure },
            OfAssociation).ArrayOf();

    private static Gen<QueuedMessage> OfAssociation =>
        from address in Address
        from bytes in Bytes
        from isSent in Gen.Elements(true, false)
        from numbers in Gen.Choose(int.MinValue, int.MaxValue).ArrayOf(6)
        from isFlagged in Gen.Elements(true, false)
        from policy in Gen.Elements(Enum.GetValues<SctpReliabilityPolicy>())
        select isSent
            ? new QueuedMessage(address, bytes)
            {
                Sending = new SctpSendInfo
                {
                    Association = new SctpAssociationId(numbers[0]),
                    Stream = (ushort)numbers[1],
                    PayloadProtocol = (uint)numbers[2],
                    Flags = isFlagged ? SctpSendFlags.Unordered | SctpSendFlags.AddressOverride : SctpSendFlags.None,
                    Context = (uint)numbers[3],
                    Reliability = new SctpReliability(policy, (uint)numbers[4]),
                },
            }
            : new QueuedMessage(address, bytes)
            {
                IsTruncated = isFlagged,
                Received = new SctpReceiveInfo(
                    new SctpAssociationId(numbers[0]), (ushort)numbers[1], (ushort)(numbers[1] >> 16),
                    (uint)numbers[2], (uint)numbers[3], (uint)numbers[4], (uint)numbers[5], !isFlagged),
            };

    public static Gen<SocketBaggage> Baggage =>
        from consumed in Position
        from written in Position
        from ends in Gen.Choose(0, (int)SocketEnds.All)
        from unread in Messages
        from unsent in Messages
        select new SocketBaggage(consumed, written, (SocketEnds)ends, unread, unsent);

    private static Gen<byte[]> Bytes => Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();

    public static Gen<SocketResult> Why =>
        from code in Gen.Elements(Failures)
        from reason in Text(FrameBounds.Reason)
        select new SocketResult(code, reason);

    private static Gen<Frame> Offer =>
        from id in Id
        from needs in Gen.Choose(int.MinValue, int.MaxValue)
        from within in Gen.Choose(0, int.MaxValue)
        from label in Text(FrameBounds.Label)
        from sockets in Facts.NonEmptyListOf()
        select (Frame)new Frame.Offer(
            id, (HandleCapabilities)(uint)needs, TimeSpan.FromMilliseconds(within), label, [.. sockets]);

    private static Gen<Frame> Answer =>
        from id in Id
        from why in Why
        from length in Gen.Choose(0, int.MaxValue)
        from frame in Gen.Elements<Frame>(
            new Frame.Accept(id),
            new Frame.Adopted(id),
            new Frame.Decline(id, why),
            new Frame.Refuse(id, why),
            new Frame.Withdraw(id, why),
            new Frame.Sealed(id, length))
        select frame;

    private static Gen<Frame> Claim =>
        from id in Id
        from within in Gen.Choose(0, int.MaxValue)
        from name in Text(FrameBounds.Name).Where(name => name.Length > 0)
        select (Frame)new Frame.Claim(id, name, TimeSpan.FromMilliseconds(within));

    private static Gen<Frame> Cargo =>
        from id in Id
        from first in Gen.Choose(0, FrameBounds.Sockets)
        from baggage in Baggage.NonEmptyListOf()
        from isLast in Gen.Elements(true, false)
        select isLast ? (Frame)new Frame.Transfer(id, first, [.. baggage]) : new Frame.Part(id, first, [.. baggage]);

    private static Gen<ActivityContext?> Trace => Gen.OneOf(
        Gen.Constant((ActivityContext?)null),
        from trace in Octets(16).Where(octets => octets.Any(octet => octet > 0))
        from span in Octets(8).Where(octets => octets.Any(octet => octet > 0))
        from flags in Gen.Choose(0, 255)
        from state in Text(FrameBounds.TraceState)
        select (ActivityContext?)new ActivityContext(
            ActivityTraceId.CreateFromBytes(trace),
            ActivitySpanId.CreateFromBytes(span),
            (ActivityTraceFlags)flags,
            state));

    private static Gen<Frame> Traces =>
        from id in Id
        from of in Id
        from contexts in Trace.ArrayOf()
        select (Frame)new Frame.Traces(id, of, contexts);

    public static Gen<Frame> Any => Gen.OneOf(Offer, Answer, Claim, Traces, Cargo, AnyKeeperFrame.Any).Resize(12);

    private static Gen<byte[]> Octets(int count) => Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(count);

    private static EndPoint? IPAddressOf(byte[] octets, int port) => new IPEndPoint(new IPAddress(octets), port);

    public static Gen<string> Text(int bound) =>
        Gen.Elements(Pieces).ArrayOf().Select(pieces => string.Concat(pieces)).Where(text => Fits(text, bound));

    private static bool Fits(string text, int bound) => System.Text.Encoding.UTF8.GetByteCount(text) <= bound;
}
