using System.IO.Pipelines;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sctp.Kernel;
using Handoff.Transport.Sctp.Usrsctp;

namespace Handoff.Transport.Sctp.Backends;

// Which SCTP there is here.
internal static class SctpBackends
{
    // The kernel's where it has one, else usrsctp where its library is. Nothing is loaded before it is asked for.
    public static (ISctpBackend? Backend, SocketResult Result) Auto(
        LinuxEngine? engine, TimeProvider time, int udpPort, PipeScheduler scheduler) =>
        First([Kernel(engine, time), Usrsctp(udpPort, scheduler)]);

    // Null: sockets come from another engine.
    public static SctpCandidate Kernel(LinuxEngine? engine, TimeProvider time) => new(
        "kernel",
        () => engine is null ? "The kernel's SCTP needs the Linux engine." : KernelSctp.Missing,
        () => (new KernelSctp(engine!, time), SocketResult.Success));

    public static SctpCandidate Usrsctp(int udpPort, PipeScheduler scheduler) =>
        new("usrsctp", () => UsrsctpStack.Missing, () => UsrsctpBackend.Create(udpPort, scheduler));

    // EEMODENOTSUPP: none is here; it says of each what is missing, and the remedy. Another code is that of the first
    // that is here and cannot begin: the next one would not be the same network.
    public static (ISctpBackend? Backend, SocketResult Result) First(IReadOnlyList<SctpCandidate> candidates)
    {
        var missing = new List<string>();
        foreach (var candidate in candidates)
        {
            if (candidate.Missing() is not { } why) return candidate.Create();
            missing.Add($"{candidate.Name}: {why}");
        }

        return (null, new SocketResult(ResultCode.EEMODENOTSUPP, string.Join("; ", missing)));
    }
}
