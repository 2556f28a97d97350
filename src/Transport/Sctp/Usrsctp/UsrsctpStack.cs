using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Handoff.Transport.Sctp.Usrsctp;

// The stack of this process: there is one, on one UDP port, until the process ends, because usrsctp_finish does not
// succeed once a peer has ended an association of a one-to-many socket.
internal sealed unsafe class UsrsctpStack
{
    // usrsctp does not tell of what its timers bring: whoever waits asks again.
    private const int AskAgainMilliseconds = 10;

    private static readonly Lock Starting = new();
    private static UsrsctpStack? _one;
    private static Timer? _askingAgain;

    private readonly ConcurrentDictionary<nint, IUsrsctpListener> _sockets = new();
    private readonly UsrsctpPlaces _places = new();
    private int _lastNumber;

    private UsrsctpStack(int udpPort) => UdpPort = udpPort;

    // Null where the library is there.
    public static string? Missing { get; } = NativeLibrary.TryLoad(UsrsctpCalls.Library, out _)
        ? null
        : $"{UsrsctpCalls.Library} cannot be loaded: install the package libusrsctp2";

    public int UdpPort { get; }

    public UsrsctpPlaces Places => _places;

    public UsrsctpClock Clock { get; } = new();

    // Port 0 for the one that it has, or any that is free.
    public static (UsrsctpStack? Stack, SocketResult Result) Start(int udpPort)
    {
        if (Missing is { } why) return (null, new(ResultCode.EEMODENOTSUPP, why));
        lock (Starting)
        {
            if (_one is { } one)
            {
                return udpPort == 0 || udpPort == one.UdpPort
                    ? (one, SocketResult.Success)
                    : (null, new(ResultCode.EEALREADY, $"the stack of this process has UDP port {one.UdpPort}"));
            }

            if (Free(udpPort) is not { } port)
                return (null, new(ResultCode.EEADDRINUSE, $"UDP port {udpPort}: in use"));
            var before = UsrsctpDescriptors.Open();
            UsrsctpCalls.Init((ushort)port, null, null);
            UsrsctpDescriptors.Complete(before, port);
            if (Free(port) is not null)
            {
                // It says nothing where it has no port: then sends would succeed, and nothing would arrive.
                return (null, new(ResultCode.EEBIND, $"UDP port {port}: usrsctp did not bind it"));
            }

            _one = new UsrsctpStack(port);
            _askingAgain = new Timer(
                static stack => ((UsrsctpStack)stack!).AskAgain(), _one, AskAgainMilliseconds, AskAgainMilliseconds);
            return (_one, SocketResult.Success);
        }
    }

    public nint Add(IUsrsctpListener socket)
    {
        var number = Interlocked.Increment(ref _lastNumber);
        _sockets[number] = socket;
        return number;
    }

    public void Remove(nint number) => _sockets.TryRemove(number, out _);

    // The stack's thread says that something is there. It comes once more after a close.
    public static void Watch(nint socket, nint number) =>
        UsrsctpCalls.SetUpcall(socket, &Heard, number);

    [UnmanagedCallersOnly]
    private static void Heard(nint socket, nint number, int flags)
    {
        if (Volatile.Read(ref _one)?._sockets.TryGetValue(number, out var listener) == true) listener.Heard();
    }

    private static int? Free(int udpPort)
    {
        try
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            probe.Bind(new IPEndPoint(IPAddress.Any, udpPort));
            return ((IPEndPoint)probe.LocalEndPoint!).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private void AskAgain()
    {
        foreach (var (_, socket) in _sockets) socket.AskAgain();
    }
}
