using Akka.Actor;
using Handoff.Gateway.Configuration;
using Handoff.Gateway.Services;
using Handoff.Messages;
using Handoff.Transport.Sockets;

namespace Handoff.Gateway.Connections;

// A connection that a service talks on until it has no more to say.
internal sealed class ServingConnection(ServiceSettings settings, IService service) : ConnectionActor(settings)
{
    public static Props Props(ServiceSettings settings, IService service) =>
        Akka.Actor.Props.Create(() => new ServingConnection(settings, service));

    protected override void OnAcquired(Acquired socket, object? attachment)
    {
        BecomeServing(socket);
        WatchIdle(socket);
        var lease = socket.Lease!;
        Run(() => ServeAsync(lease, attachment as Greeting));
    }

    protected override void OnLoopEnded(Acquired socket, object result) => Close(socket);

    private async Task<object> ServeAsync(SocketLease lease, Greeting? greeting)
    {
        if (greeting is not null) await lease.Output.WriteAsync(greeting.Bytes, lease.Ended);
        await service.ServeAsync(lease, lease.Ended);
        return Done.Instance;
    }
}
