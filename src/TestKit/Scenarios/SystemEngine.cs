using System.Net;
using System.Net.Sockets;
using Handoff.TestKit.Running;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Engine.Portable;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.TestKit.Scenarios;

// What the transports of the operating system have in common.
internal static class SystemEngine
{
    private static readonly Lazy<IEngine> Engine = new(() => LinuxEngine.IsSupported
        ? new LinuxEngine(new LinuxEngineOptions { Loops = 1 })
        : new PortableEngine());

    // One engine for all runs; it lives as long as the process.
    public static IEngine OfProcess => Engine.Value;

    // Linux has names without a file; elsewhere the file goes with its socket.
    public static EndPoint NewUnixName()
    {
        var name = $"handoff-{Guid.NewGuid():N}";
        return new UnixDomainSocketEndPoint(
            OperatingSystem.IsLinux() ? $"\0{name}" : Path.Combine(Path.GetTempPath(), name));
    }

    public static MessageOptions OfMessages(SeededSystem system, ConnectionOptions options) =>
        system.Handoff.Settings.Datagrams.Messages with
        {
            OwnerScheduler = options.OwnerScheduler,
            PumpScheduler = options.PumpScheduler,
            Blocks = options.Blocks,
            TimeProvider = options.TimeProvider,
        };
}
