using System.Net;
using Handoff.Transport.Engine.Paths;

namespace Handoff.Transport.Engine.Linux;

// What makes connections of records: unix(7), SOCK_SEQPACKET.
internal static class RecordOpening
{
    public static SocketOr<IRecordListenSocket> Listen(LinuxEngine engine, EndPoint endPoint, int backlog)
    {
        var (descriptor, code) = Open(endPoint);
        if (descriptor is null) return code;
        using (descriptor)
        {
            code = Opening.Bind(descriptor.Number, endPoint);
            if (code is not ResultCode.EESUCCESS) return code;
            var file = BoundPath.Of(endPoint);
            code = Opening.Listen(descriptor.Number, backlog);
            if (code is ResultCode.EESUCCESS)
                return new LinuxRecordListenSocket(
                    new LinuxListenSocket(engine, engine.Place(descriptor.Take(), isShared: false), endPoint, file));
            file?.Remove();
            return code;
        }
    }

    public static async ValueTask<SocketOr<IDatagramSocket>> ConnectAsync(
        LinuxEngine engine,
        EndPoint endPoint,
        TimeSpan timeout,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ResultCode.EEINTR;
        var (opened, code) = Open(endPoint);
        if (opened is null) return code;
        using (opened)
        {
            if (engine.Reserve.Has(opened.Number)) return ResultCode.EENOSOCKS;
            code = await LinuxEngine.KnockAsync(opened.Number, endPoint, timeout, timeProvider, cancellationToken)
                .ConfigureAwait(false);
            if (code is not ResultCode.EESUCCESS) return code;
            var (remote, peer) = (SocketName.OfPeer(opened.Number), SocketOptions.PeerOf(opened.Number));
            var descriptor = engine.Place(opened.Take(), isShared: false);
            return LinuxDatagramSocket.OfRecords(descriptor, local: null, remote, peer);
        }
    }

    private static SocketOr<SocketDescriptor> Open(EndPoint endPoint)
    {
        const int Type = Native.RecordSocket | Native.NonBlocking | Native.CloseOnExec;
        if (SocketName.FamilyOf(endPoint) is not Native.FamilyUnix) return ResultCode.EEBADADDR;
        var number = SystemCalls.Socket(Native.FamilyUnix, Type, 0);
        return number < 0 ? Errors.OfSocket(Errors.Last) : new SocketDescriptor(number);
    }
}
