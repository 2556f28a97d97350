using System.Net;
using Handoff.Transport;
using Handoff.Transport.Handles.Frames;

namespace Handoff.TwoProcess.Tests.Hostile;

// Frames that are as they must be, to begin with.
internal static class AnyFrame
{
    private static readonly ResultCode[] Reasons = [ResultCode.EEBUSY, ResultCode.EEBADDATA, ResultCode.EETIMEDOUT];

    public static Frame.Offer Offer(Random random, ulong id, int sockets) => new(
        id,
        random.Next(20) == 0 ? (HandleCapabilities)(1u << 30) : HandleCapabilities.Streams,
        TimeSpan.FromSeconds(30),
        "hostile",
        [.. Enumerable.Range(0, sockets).Select(i => Facts(random, i))]);

    public static SocketBaggage Baggage(Random random) => new(
        random.Next(), random.Next(), (SocketEnds)random.Next(8), Messages(random), Messages(random));

    public static Frame Of(Random random, ulong id) => random.Next(9) switch
    {
        0 => Offer(random, id, random.Next(1, 4)),
        1 => new Frame.Accept(id),
        2 => new Frame.Adopted(id),
        3 => new Frame.Decline(id, Why(random)),
        4 => new Frame.Refuse(id, Why(random)),
        5 => new Frame.Withdraw(id, Why(random)),
        6 => new Frame.Sealed(id, random.Next(100)),
        7 => new Frame.Part(id, random.Next(3), Many(random, random.Next(1, 4))),
        _ => new Frame.Transfer(id, random.Next(3), Many(random, random.Next(4))),
    };

    public static SocketBaggage[] Many(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Baggage(random))];

    public static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static SocketResult Why(Random random) => new(Reasons[random.Next(Reasons.Length)], "of the test");

    private static SocketFacts Facts(Random random, int number) => new(
        HandleKind.Stream, "tcp", new IPEndPoint(IPAddress.Loopback, number), null, random.Next(100), 0,
        random.Next(2) == 0
            ? null
            : new SocketAttachment(new(random.Next(), "manifest"), Bytes(random, random.Next(50))));

    private static QueuedMessage[] Messages(Random random) =>
        [.. Enumerable.Range(0, random.Next(3)).Select(_ => new QueuedMessage(null, Bytes(random, random.Next(50))))];
}
