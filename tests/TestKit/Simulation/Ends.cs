using System.Net;
using Handoff.TestKit.Running;
using Handoff.TestKit.Simulation;
using Handoff.Transport.Engine;

namespace Handoff.TestKit.Tests.Simulation;

// A simulated network on a seeded system, and the two ends of a connection on it.
internal sealed class Ends : IDisposable
{
    public static readonly IPEndPoint Place = new(IPAddress.Loopback, 80);

    private readonly SeededSystem _system = SeededSystem.Create();

    public Ends(Func<SimulationOptions, SimulationOptions>? with = null, long seed = 1)
    {
        var options = new SimulationOptions(_system.PipeScheduler);
        Network = new SimulatedNetwork(seed, _system.Clock, with?.Invoke(options) ?? options);
        Listener = Network.Listen(Place, backlog: 2).Socket!;
    }

    public SimulatedNetwork Network { get; }

    public VirtualClock Clock => _system.Clock;

    public IListenSocket Listener { get; }

    public SimulatedLink Link => Network.Links[^1];

    // As long as nothing is to go wrong.
    public (IStreamSocket Near, IStreamSocket Far) Connected()
    {
        var near = Connect();
        var far = Accept();
        while (!near.IsCompleted) Assert.True(Clock.AdvanceToNext());
        return (near.Result.Socket!, Now(far).Socket!);
    }

    public Task<SocketOr<IStreamSocket>> Connect(TimeSpan? within = null) => Network.ConnectAsync(
        Place, within ?? TimeSpan.FromMinutes(1), Clock, CancellationToken.None).AsTask();

    public Task<SocketOr<IStreamSocket>> Accept() => Listener.AcceptAsync(CancellationToken.None).AsTask();

    // Without time passing.
    public T Now<T>(Task<T> task)
    {
        Clock.RunUntilIdle();
        Assert.True(task.IsCompleted, "it still waits");
        return task.GetAwaiter().GetResult();
    }

    public bool Waits(Task task)
    {
        Clock.RunUntilIdle();
        return !task.IsCompleted;
    }

    public IoResult Send(IStreamSocket socket, int bytes) => Now(socket.SendAsync(Bytes(bytes)).AsTask());

    public (IoResult Result, byte[] Bytes) Receive(IStreamSocket socket, int most = 1000)
    {
        var buffer = new byte[most];
        var result = Now(socket.ReceiveAsync(buffer).AsTask());
        return (result, buffer[..result.Bytes]);
    }

    public static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)i)];

    public void Dispose()
    {
        Network.Dispose();
        _system.Dispose();
    }
}
