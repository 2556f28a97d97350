using System.Net;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Tests.Engine.Linux;

public sealed class LinuxDatagramTests
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    [Fact]
    public void A_message_from_a_known_sender_allocates_nothing()
    {
        if (!LinuxEngine.IsSupported) return;
        using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var near = engine.OpenDatagram(AnyPort, null, DatagramOptions.Default).Socket!;
        using var far = engine.OpenDatagram(AnyPort, null, DatagramOptions.Default).Socket!;
        var buffer = new byte[100];
        Exchange(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Exchange(10_000);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 10_000.0, 0, 0.25);

        void Exchange(int count)
        {
            for (var i = 0; i < count; i++)
            {
                Assert.True(near.TrySend(buffer, far.LocalEndPoint).IsSuccess);
                var received = Next(far, buffer);
                Assert.Same(received.Sender, Answered(received.Sender!));
            }
        }

        EndPoint Answered(EndPoint sender)
        {
            Assert.True(far.TrySend(buffer, sender).IsSuccess);
            Next(near, buffer);
            return sender;
        }
    }

    // A system that is busy may deliver it a moment after it was sent. Allocates nothing.
    private static DatagramResult Next(IDatagramSocket socket, byte[] buffer)
    {
        const int MostTries = 50_000;
        var spin = default(SpinWait);
        var received = socket.TryReceive(buffer);
        for (var tries = 0; received.Code is ResultCode.EEWOULDBLOCK && tries < MostTries; tries++)
        {
            spin.SpinOnce();
            received = socket.TryReceive(buffer);
        }

        Assert.True(received.IsSuccess);
        return received;
    }

    [Fact]
    public void An_address_of_each_version_is_written_as_the_kernel_reads_it()
    {
        foreach (var place in new[] { "127.0.0.1:1", "1.2.3.4:65535", "[::1]:7", "[fe80::1%3]:258" })
        {
            var endPoint = IPEndPoint.Parse(place);
            var name = new byte[Native.LargestAddress];
            var length = SocketName.Write(endPoint, name);
            Assert.Equal(SocketName.Write(endPoint).ToArray(), name[..length]);
            Assert.Equal(endPoint, SocketName.Read(name.AsSpan(0, length)));
        }
    }

    [Fact]
    public void More_senders_than_are_remembered_are_told_apart_all_the_same()
    {
        var names = new SenderNames();
        var bytes = new byte[Native.LargestAddress];
        for (var i = 0; i < 5000; i++)
        {
            var sender = new IPEndPoint(IPAddress.Loopback, 1 + (i * 7 % 1000));
            var length = SocketName.Write(sender, bytes);
            Assert.Equal(sender, names.Read(bytes.AsSpan(0, length)));
        }
    }

    [Fact]
    public void The_last_descriptors_are_left_to_others()
    {
        if (!LinuxEngine.IsSupported) return;
        using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1, DescriptorLimit = 1 });
        var refused = engine.OpenDatagram(AnyPort, null, DatagramOptions.Default);
        Assert.Equal(ResultCode.EENOSOCKS, refused.Code);
    }

    [Fact]
    public void The_system_gives_what_is_asked_of_it_and_broadcasts_only_where_it_was_asked_to()
    {
        if (!LinuxEngine.IsSupported) return;
        using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        var asked = new DatagramOptions { SystemBuffer = 20_000, Broadcasts = true };
        using var plain = (LinuxDatagramSocket)engine.OpenDatagram(AnyPort, null, DatagramOptions.Default).Socket!;
        using var large = (LinuxDatagramSocket)engine.OpenDatagram(AnyPort, null, asked).Socket!;
        SocketOptions.TryGet(large.Number, Native.SocketLevel, Native.ReceiveBuffer, out var receive);
        SocketOptions.TryGet(large.Number, Native.SocketLevel, Native.SendBuffer, out var send);
        Assert.Equal((40_000, 40_000), (receive, send)); // socket(7): the kernel doubles it
        SocketOptions.TryGet(plain.Number, Native.SocketLevel, Native.Broadcast, out var plainBroadcasts);
        SocketOptions.TryGet(large.Number, Native.SocketLevel, Native.Broadcast, out var broadcasts);
        Assert.Equal((0, 1), (plainBroadcasts, broadcasts));
    }
}
