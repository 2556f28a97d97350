using System.Net;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Sctp.Kernel;
using Handoff.Transport.Sctp.Records;

namespace Handoff.Processes;

// Makes sockets of associations that have come. SCTP is looked for when the first one is offered.
internal sealed class AssociationLandings(SctpSource source)
{
    // Why none can come here; null where they can.
    public SocketResult? Obstacle()
    {
        var (backend, result) = source();
        return backend switch
        {
            null => result,
            KernelSctp => null,
            _ => new(
                ResultCode.EEMODENOTSUPP, $"an association is the kernel's; handoff.sctp.backend is {backend.Name}"),
        };
    }

    // Policy was asked about the peer that was said to come.
    public SocketOr<IDatagramSocket> Adopt(SocketDescriptor descriptor, SocketFacts facts)
    {
        if (source().Backend is not KernelSctp kernel) return ResultCode.EEMODENOTSUPP;
        var (socket, code) = kernel.Adopt(descriptor);
        if (socket is null) return code;
        var peers = socket.GetPeerAddresses(socket.Association).Value;
        if (facts.Remote is IPEndPoint remote && peers is not null && peers.Contains(remote))
            return SctpRecordSocket.Of(socket);
        socket.Dispose();
        return ResultCode.EEBADDATA;
    }
}
