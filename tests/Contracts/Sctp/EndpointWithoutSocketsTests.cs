using System.IO.Pipelines;
using System.Net;
using System.Text;
using Handoff.Contracts.Tests.Setup;
using Handoff.TestKit.Simulation;
using Handoff.TestKit.Simulation.Sctp;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Endpoints;

namespace Handoff.Contracts.Tests.Sctp;

/// <summary>Where there is no socket left that an association could be peeled off to.</summary>
public sealed class EndpointWithoutSocketsTests : IDisposable
{
    private const int Sockets = 3;

    private static readonly EndpointOptions Options = new()
    {
        Backlog = 4,
        OfferMessages = 8,
        OfferBuffer = 64 * 1024,
        ReceiveSize = 1000,
        Scheduler = PipeScheduler.ThreadPool,
    };

    private readonly SimulatedSctp _network = new(
        seed: 3, new EagerTime(), new SimulationOptions(PipeScheduler.ThreadPool) { MaxSockets = Sockets });

    public void Dispose() => _network.Dispose();

    [Fact]
    public async Task Nothing_is_received_until_the_slow_one_has_room_and_then_nothing_is_missing()
    {
        var endpoint = new SctpEndpoint(Open(), Options);
        endpoint.Start();
        var place = endpoint.Socket.LocalEndPoints[0];
        using var slow = Open();
        using var other = Open();
        Assert.Equal(Sockets, _network.OpenSockets);
        var here = await Begin(endpoint, slow, place, "0");
        var there = await Begin(endpoint, other, place, "hello");
        for (var i = 1; i < 100; i++) Assert.True(slow.TrySend(Bytes($"{i}"), default, place).IsSuccess);
        Assert.True(other.TrySend(Bytes("again"), default, place).IsSuccess);
        Assert.Equal(ResultCode.EENOSOCKS, endpoint.PeelOff(here, SctpPeelFlags.None).Code);
        Assert.Equal("hello", await Next(there));
        var waiting = Next(there);
        Assert.False(waiting.IsCompleted);
        for (var i = 0; i < 100; i++) Assert.Equal($"{i}", await Next(here));
        Assert.Equal("again", await waiting);
        Assert.Equal(SctpStyle.OneToMany, here.Style);
        endpoint.Dispose();
        here.Abort();
        there.Abort();
        await endpoint.Running.Soon();
    }

    private ISctpSocket Open()
    {
        ISctpBackend backend = _network;
        var socket = backend.Open([new IPEndPoint(IPAddress.Loopback, 0)], SctpSocketOptions.Default).Socket!;
        Assert.True(socket.Listen(4).IsSuccess);
        return socket;
    }

    private static async Task<SharedAssociation> Begin(
        SctpEndpoint endpoint, ISctpSocket from, IPEndPoint place, string first)
    {
        Assert.True(from.TrySend(Bytes(first), default, place).IsSuccess);
        var association = (await endpoint.AcceptAsync(default).Soon()).Socket!;
        Assert.IsType<SctpUp>(await NextEvent(association));
        return association;
    }

    private static async Task<SctpEvent?> NextEvent(SharedAssociation socket)
    {
        await socket.WaitReadableAsync().Soon();
        return socket.TryReceive(new byte[100]).Event;
    }

    private static async Task<string> Next(SharedAssociation socket)
    {
        var buffer = new byte[100];
        while (true)
        {
            Assert.True((await socket.WaitReadableAsync().Soon()).IsSuccess);
            var received = socket.TryReceive(buffer);
            if (received.IsSuccess) return Encoding.ASCII.GetString(buffer, 0, received.Bytes);
            Assert.Equal(ResultCode.EEWOULDBLOCK, received.Code);
        }
    }

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
