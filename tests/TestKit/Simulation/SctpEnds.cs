using System.Net;
using System.Text;
using Handoff.TestKit.Running;
using Handoff.TestKit.Simulation;
using Handoff.TestKit.Simulation.Sctp;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;

namespace Handoff.TestKit.Tests.Simulation;

// Simulated SCTP on a seeded system, and a one-to-many socket to call.
internal sealed class SctpEnds : IDisposable
{
    public static readonly IPEndPoint Place = new(IPAddress.Loopback, 80);

    private readonly SeededSystem _system = SeededSystem.Create();

    public SctpEnds(Func<SimulationOptions, SimulationOptions>? with = null, long seed = 1)
    {
        var options = new SimulationOptions(_system.PipeScheduler);
        Network = new SimulatedSctp(seed, _system.Clock, with?.Invoke(options) ?? options);
        Server = Open(SctpEventKinds.All, Place);
    }

    public SimulatedSctp Network { get; }

    public VirtualClock Clock => _system.Clock;

    public ISctpSocket Server { get; }

    public ISctpSocket Open(SctpEventKinds events, params IPEndPoint[] local)
    {
        IPEndPoint[] where = local.Length > 0 ? local : [new(IPAddress.Loopback, 0)];
        var (socket, code) =
            ((ISctpBackend)Network).Open(where, SctpSocketOptions.Default with { Events = events });
        Assert.Equal(ResultCode.EESUCCESS, code);
        Assert.True(socket!.Listen(1).IsSuccess);
        return socket;
    }

    // Up at both sides, and heard.
    public (SctpAssociationId At, SctpAssociationId There) Join(ISctpSocket client)
    {
        var begun = client.Connect([Place]);
        Assert.Equal(ResultCode.EESUCCESS, begun.Code);
        return (Until<SctpUp>(client).Association, Until<SctpUp>(Server).Association);
    }

    // The next event of its kind, when it comes; what comes before is passed over.
    public T Until<T>(ISctpSocket socket)
        where T : SctpEvent
    {
        while (true)
        {
            var received = socket.TryReceive(new byte[100_000]);
            if (received.Event is T found) return found;
            if (received.IsSuccess) continue;
            Assert.Equal(ResultCode.EEWOULDBLOCK, received.Code);
            Assert.True(Clock.AdvanceToNext(), $"no {typeof(T).Name} comes");
        }
    }

    // All that is there now.
    public static List<string> Now(ISctpSocket socket)
    {
        var all = new List<string>();
        var buffer = new byte[100_000];
        while (socket.TryReceive(buffer) is { IsSuccess: true } received)
        {
            all.Add(received.Event is { } what
                ? what.GetType().Name
                : Encoding.ASCII.GetString(buffer, 0, received.Bytes) + (received.IsEndOfMessage ? "" : "..."));
        }

        return all;
    }

    public static ResultCode Send(ISctpSocket socket, string text, SctpSendInfo info) =>
        socket.TrySend(Encoding.ASCII.GetBytes(text), info).Code;

    public void Dispose()
    {
        Network.Dispose();
        _system.Dispose();
    }
}
