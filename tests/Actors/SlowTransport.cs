using System.IO.Pipelines;
using System.Net;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets;

namespace Handoff.Actors.Tests;

// Its accepts and connects end when the test says so, whatever becomes of those who wait for them.
internal sealed class SlowTransport(string name = "slow") : ITransport
{
    // With one byte to send it has no room for another.
    private readonly ConnectionOptions _options =
        new(PipeScheduler.ThreadPool, PipeScheduler.Inline) { SendBuffer = 1 };

    public string Name => name;

    public TransportCapabilities Capabilities => TransportCapabilities.None;

    public SlowListener Listener { get; } = new();

    public Action Listening { get; set; } = () => { };

    public Arrivals<ConnectResult> Connects { get; } = new();

    public ListenResult Listen(EndPoint endPoint, int backlog)
    {
        Listening();
        return new ListenResult(new SocketListener(Listener, _options), SocketResult.Success);
    }

    public ValueTask<ConnectResult> ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, CancellationToken cancellationToken) => Connects.Next(cancellationToken);

    public ConnectResult Connected(SlowStream stream) =>
        new(new SocketConnection(stream, _options), SocketResult.Success);

    // What is waited for, one at a time.
    public sealed class Arrivals<T>
    {
        private TaskCompletionSource<T>? _awaited;

        public bool IsAwaited => Volatile.Read(ref _awaited) is not null;

        public CancellationToken Token { get; private set; }

        public ValueTask<T> Next(CancellationToken cancellationToken)
        {
            Token = cancellationToken;
            var awaited = new TaskCompletionSource<T>();
            Assert.Null(Interlocked.Exchange(ref _awaited, awaited));
            return new(awaited.Task);
        }

        // Whoever waits has it when this returns.
        public void Arrive(T arrived) => Interlocked.Exchange(ref _awaited, null)!.SetResult(arrived);
    }

    public sealed class SlowListener : IListenSocket
    {
        public Func<EndPoint> Place { get; set; } = () => new IPEndPoint(IPAddress.Loopback, 1);

        public EndPoint LocalEndPoint => Place();

        public bool IsClosed { get; private set; }

        public Arrivals<SocketOr<IStreamSocket>> Accepts { get; } = new();

        public ValueTask<SocketOr<IStreamSocket>> AcceptAsync(CancellationToken cancellationToken) =>
            Accepts.Next(cancellationToken);

        public void Dispose() => IsClosed = true;
    }
}
