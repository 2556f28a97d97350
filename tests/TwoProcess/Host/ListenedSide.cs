using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Systemd;

namespace Handoff.TwoProcess.Tests.Host;

// Tells what a service manager passed to it.
internal static class ListenedSide
{
    private static readonly string[] Variables = ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"];

    public static int Run()
    {
        var (sockets, result) = ListenDescriptors.Take();
        foreach (var (name, socket) in sockets)
        {
            var flags = SystemCalls.Control(socket.Number, Native.GetDescriptorFlags, 0);
            HostSettings.Say($"socket {socket.Number} {name} {SocketName.OfLocal(socket.Number)} {flags}");
        }

        var left = Variables.Count(
            variable => Environment.GetEnvironmentVariable(variable) is not null);
        HostSettings.Say($"took {sockets.Count} {result.Code} {left}");
        return 0;
    }
}
