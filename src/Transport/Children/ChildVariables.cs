using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Children;

// The environment of a child: what it was given, and then what is so, which nobody may contradict.
internal static class ChildVariables
{
    public static Dictionary<string, string> Of(ChildProgram program, ChildDescriptors descriptors)
    {
        var variables = new Dictionary<string, string>();
        foreach (var name in program.Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value) variables[name] = value;
        }

        foreach (var (name, value) in program.Environment) variables[name] = value;
        switch (descriptors)
        {
            case ChildDescriptors.Standard { Socket: var socket, Remote: var remote }:
                var number = socket.Number;
                AddConnection(
                    variables,
                    SocketName.OfLocal(number),
                    SocketName.OfPeer(number) ?? remote,
                    SocketName.IsConnected(number) ? SocketOptions.PeerOf(number) : null,
                    IsDatagrams(number) ? "UDP" : "TCP");
                break;
            case ChildDescriptors.Listeners { Named: var named }:
                variables["LISTEN_FDS"] = named.Count.ToString(CultureInfo.InvariantCulture);
                variables["LISTEN_FDNAMES"] = string.Join(':', named.Select(listener => listener.Name));
                break;
        }

        return variables;
    }

    // Names are never looked up: what a host is called is its address.
    public static void AddConnection(
        Dictionary<string, string> variables,
        EndPoint? local,
        EndPoint? remote,
        PeerCredentials? peer,
        string protocol = "TCP")
    {
        switch (local)
        {
            case IPEndPoint ip:
                AddIP(variables, protocol, ip, remote as IPEndPoint);
                break;
            case UnixDomainSocketEndPoint or null when peer is not null || local is not null:
                AddUnix(variables, local as UnixDomainSocketEndPoint, peer);
                break;
        }
    }

    private static bool IsDatagrams(int number) =>
        SocketOptions.TryGet(number, Native.SocketLevel, Native.SocketType, out var its)
            && its == Native.DatagramSocket;

    // ucspi-tcp(5), and the same for UDP; REMOTE_HOST is xinetd's, REMOTE_ADDR and REMOTE_PORT are systemd.exec(5)'s.
    private static void AddIP(
        Dictionary<string, string> variables, string protocol, IPEndPoint local, IPEndPoint? remote)
    {
        variables["PROTO"] = protocol;
        variables[$"{protocol}LOCALIP"] = local.Address.ToString();
        variables[$"{protocol}LOCALPORT"] = local.Port.ToString(CultureInfo.InvariantCulture);
        if (remote is null) return;
        var (address, port) = (remote.Address.ToString(), remote.Port.ToString(CultureInfo.InvariantCulture));
        foreach (var name in (string[])[$"{protocol}REMOTEIP", "REMOTE_HOST", "REMOTE_ADDR"])
            variables[name] = address;
        foreach (var name in (string[])[$"{protocol}REMOTEPORT", "REMOTE_PORT"]) variables[name] = port;
    }

    // The UNIX protocol of ucspi-unix.
    private static void AddUnix(
        Dictionary<string, string> variables, UnixDomainSocketEndPoint? local, PeerCredentials? peer)
    {
        variables["PROTO"] = "UNIX";

        // An abstract name may have zero bytes, its first one at least; unix(7) writes them so.
        if (local?.ToString() is { } path) variables["UNIXLOCALPATH"] = path.Replace('\0', '@');
        Add("UNIXLOCALUID", SystemCalls.EffectiveUser());
        Add("UNIXLOCALGID", ProcessCalls.EffectiveGroup());
        Add("UNIXLOCALPID", Environment.ProcessId);
        if (peer is null) return;
        Add("UNIXREMOTEEUID", peer.UserId);
        Add("UNIXREMOTEEGID", peer.GroupId);
        Add("UNIXREMOTEPID", peer.ProcessId);

        void Add(string name, long number) => variables[name] = number.ToString(CultureInfo.InvariantCulture);
    }
}
