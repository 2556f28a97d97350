using System.Net;
using Handoff.Gateway.Configuration;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Gateway.Keeping;

// Which service has which of the sockets that the service manager passed: the one of its name, else the one of its
// address. A service has one listener.
internal sealed record Allotment(IReadOnlyDictionary<long, string> Services)
{
    // A service whose name something has that no service can listen with.
    public (ServiceSettings Service, SocketResult Why)? Fault { get; private init; }

    public static Allotment Of(IReadOnlyList<InheritedSocket> sockets, IReadOnlyList<ServiceSettings> services)
    {
        var allotted = new Dictionary<long, string>();
        foreach (var service in services)
        {
            var named = sockets.Where(socket => socket.Name == service.Name).ToArray();
            if (named.Length == 0) continue;
            var fit = named.Where(IsListener).ToArray();
            if (fit.Length == 0) return new Allotment(allotted) { Fault = (service, Unfit(named[0])) };

            // Of several it is that of its own address.
            var its = Array.Find(fit, socket => IsAt(socket, service)) ?? fit[0];
            allotted.Add(its.Facts!.Id, service.Name);
        }

        foreach (var service in services.Where(service => !allotted.ContainsValue(service.Name)))
        {
            var its = sockets.FirstOrDefault(
                socket => IsListener(socket) && IsAt(socket, service) && !allotted.ContainsKey(socket.Facts!.Id));
            if (its is not null) allotted.Add(its.Facts!.Id, service.Name);
        }

        return new Allotment(allotted);
    }

    private static bool IsAt(InheritedSocket socket, ServiceSettings service) =>
        socket.Facts!.Local!.Equals(service.EndPoint);

    private static bool IsListener(InheritedSocket socket) =>
        socket.Facts is { Kind: SocketKind.Listener, Local: IPEndPoint };

    private static SocketResult Unfit(InheritedSocket socket)
    {
        var (code, what) = socket.Facts is { } facts
            ? (ResultCode.EENOTLISTN, $"{facts.Kind}, {facts.Transport}, at {facts.Local}")
            : (socket.Result.Code, socket.Result.Reason);
        return new(code, $"the inherited descriptor '{socket.Name}' is no listener of TCP: {what}");
    }
}
