using System.IO.Pipelines;
using Handoff.Configuration;
using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Backends;

namespace Handoff.Sockets;

// Where the SCTP of an actor system comes from. It is looked for when it is first needed; what was not found may be
// there the next time.
internal sealed class SctpDoor(SctpSettings settings, LinuxEngine? engine, TimeProvider time)
{
    private static readonly PipeScheduler Scheduler = PipeScheduler.ThreadPool;

    private readonly Lock _gate = new();
    private ISctpBackend? _backend;

    // False if there is one already, or the configuration says another kind.
    public bool TryUse(ISctpBackend simulated)
    {
        lock (_gate)
        {
            if (_backend is not null || settings.Backend is not SctpBackendKind.Simulated) return false;
            _backend = simulated;
            return true;
        }
    }

    public (ISctpBackend? Backend, SocketResult Result) Get()
    {
        lock (_gate)
        {
            if (_backend is not null) return (_backend, SocketResult.Success);
            (_backend, var result) = Find();
            return (_backend, result);
        }
    }

    private (ISctpBackend? Backend, SocketResult Result) Find() => settings.Backend switch
    {
        SctpBackendKind.Kernel => SctpBackends.First([SctpBackends.Kernel(engine, time)]),
        SctpBackendKind.Usrsctp => SctpBackends.First([SctpBackends.Usrsctp(settings.UdpPort, Scheduler)]),
        SctpBackendKind.Auto => SctpBackends.Auto(engine, time, settings.UdpPort, Scheduler),
        _ => (null, new(ResultCode.EEMODENOTSUPP, "handoff.sctp.backend is simulated, and nobody named a simulation")),
    };
}
