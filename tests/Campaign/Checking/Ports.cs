using System.Net;

namespace Handoff.Campaign.Tests.Checking;

// Listeners have ports below those that are given out to who connects.
internal static class Ports
{
    public const int Acceptors = 1000;
    public const int PeerListener = 2000;
    public const int FirstOfDatagrams = 3000;

    private const int FirstOfClients = 32768;

    public static IPEndPoint At(int port) => new(IPAddress.Loopback, port);

    public static int Of(EndPoint? place) => ((IPEndPoint)place!).Port;

    // Both ends of a connection name it by the port of the end that connected.
    public static int OfClient(EndPoint? one, EndPoint? other)
    {
        var port = ((IPEndPoint)one!).Port;
        return port >= FirstOfClients ? port : ((IPEndPoint)other!).Port;
    }
}
