using Akka.Actor;
using Handoff.Gateway.Configuration;
using Handoff.Gateway.Services;
using Handoff.Messages;
using Handoff.Transport.Sockets;

namespace Handoff.Gateway.Connections;

// A connection that a service talks on until it has no more to say. The service is made here and not by the parent: if
// it cannot be made, that costs this connection only.
internal sealed class ServingConnection(ServiceSettings settings, ServiceCatalogue catalogue)
    : ConnectionActor(settings)
{
    private readonly IService _service = catalogue.Make(settings);
    private Pause? _pause;
    private KeptState? _state;

    public static Props Props(ServiceSettings settings, ServiceCatalogue catalogue) =>
        Akka.Actor.Props.Create(() => new ServingConnection(settings, catalogue));

    protected override void OnAcquired(Acquired socket, object? attachment)
    {
        var came = attachment as ConnectionState;
        var greeting = attachment as Greeting;
        var written = socket.Written + (greeting?.Bytes.Length ?? 0);
        _state = new KeptState(Settings.Name, came?.At ?? 0, socket.Consumed, written);
        BecomeServing(socket);
        HaveKept(socket);
        WatchIdle(socket, came?.Idle ?? TimeSpan.Zero);
        Serve(socket.Lease!, came?.At ?? 0, greeting);
    }

    protected override void OnLoopEnded(Acquired socket, object result)
    {
        // It was asked to leave, and then not waited for any more.
        if (PausedAt(result) is { } at) GoOn(socket, at);
        else Close(socket);
    }

    protected override void HaveKept(Acquired socket)
    {
        if (Settings.Kept.HasConnections)
            socket.Handle.Socket.Tell(new Keep(socket.Handle, Kept.Key) { Attachment = $"{_state}" });
    }

    protected override void RequestPause(Acquired socket) => _pause!.Request();

    protected override long? PausedAt(object result) => (result as Served.Paused)?.At;

    protected override void GoOn(Acquired socket, long at)
    {
        BecomeServing(socket);
        Serve(socket.Lease!, at, greeting: null);
    }

    private void Serve(SocketLease lease, long from, Greeting? greeting)
    {
        var pause = _pause = new Pause(lease);
        Run(async () =>
        {
            // Accepted in any case, also where it is asked to pause meanwhile.
            if (greeting is not null) await lease.Output.WriteAsync(greeting.Bytes, lease.Ended);
            return await _service.ServeAsync(lease, from, pause, lease.Ended);
        });
    }
}
