using System.Net;

namespace Handoff.Transport.Engine.Linux;

// Makes sockets of descriptors that come from elsewhere: from another process, or out of another engine. What does not
// fit stays the caller's. The kernel's word on addresses is better than the one that came along, but of a peer that is
// gone it has none. The file of a Unix socket stays with whoever bound it.
internal static class Adoption
{
    public static SocketOr<IStreamSocket> OfStream(
        LinuxEngine engine, SocketDescriptor descriptor, EndPoint? local, EndPoint? remote)
    {
        var number = descriptor.Number;
        if (Obstacle(number, Native.StreamSocket, listens: false) is { } obstacle) return obstacle;
        SocketOptions.CloseGracefully(number);
        var family = SocketOptions.FamilyOf(number);
        (local, remote) = (SocketName.OfLocal(number) ?? local, SocketName.OfPeer(number) ?? remote);
        return new LinuxStreamSocket(engine.Place(descriptor.Take(), isShared: true), family, local, remote);
    }

    // Neither connected nor listening.
    public static bool IsIdleStream(SocketDescriptor descriptor) =>
        Obstacle(descriptor.Number, Native.StreamSocket, listens: false) is null
        && !SocketName.IsConnected(descriptor.Number);

    public static SocketOr<IListenSocket> OfListener(LinuxEngine engine, SocketDescriptor descriptor)
    {
        if (Obstacle(descriptor.Number, Native.StreamSocket, listens: true) is { } obstacle) return obstacle;
        var (listener, code) = Listener(engine, descriptor);
        return listener is null ? code : listener;
    }

    // A Unix socket that has heard that its peer is gone has none any more for the kernel, and has it all the same.
    public static SocketOr<IDatagramSocket> OfDatagrams(
        LinuxEngine engine, SocketDescriptor descriptor, EndPoint? local, EndPoint? remote)
    {
        var number = descriptor.Number;
        if (Obstacle(number, Native.DatagramSocket, listens: false) is { } obstacle) return obstacle;
        var family = SocketOptions.FamilyOf(number);
        if (family is not (Native.FamilyIPv4 or Native.FamilyIPv6 or Native.FamilyUnix))
            return ResultCode.EEMODENOTSUPP;
        (local, remote) = (SocketName.OfLocal(number) ?? local, SocketName.OfPeer(number) ?? remote);
        var isConnected = remote is not null || SocketName.IsConnected(number);
        var placed = engine.Place(descriptor.Take(), isShared: true);
        return new LinuxDatagramSocket(placed, family, local, remote, isConnected);
    }

    public static SocketOr<IDatagramSocket> OfRecords(
        LinuxEngine engine, SocketDescriptor descriptor, EndPoint? local, EndPoint? remote)
    {
        var number = descriptor.Number;
        if (RecordObstacle(number, listens: false) is { } obstacle) return obstacle;
        (local, remote) = (SocketName.OfLocal(number) ?? local, SocketName.OfPeer(number) ?? remote);
        var peer = SocketOptions.PeerOf(number);
        return LinuxDatagramSocket.OfRecords(
            engine.Place(descriptor.Take(), isShared: true), local, remote, peer);
    }

    public static SocketOr<IRecordListenSocket> OfRecordListener(LinuxEngine engine, SocketDescriptor descriptor)
    {
        if (RecordObstacle(descriptor.Number, listens: true) is { } obstacle) return obstacle;
        var (listener, code) = Listener(engine, descriptor);
        return listener is null ? code : new LinuxRecordListenSocket(listener);
    }

    private static SocketOr<LinuxListenSocket> Listener(LinuxEngine engine, SocketDescriptor descriptor)
    {
        var number = descriptor.Number;
        if (SocketName.OfLocal(number) is not { } local) return ResultCode.EEGETSOCKNAME;

        // Whoever had it may have let it wait; an accept would hold up a loop then.
        if (SocketOptions.SetNonBlocking(number, isOn: true) is not Errno.None) return ResultCode.EENONBLOCK;
        return new LinuxListenSocket(engine, engine.Place(descriptor.Take(), isShared: true), local, file: null);
    }

    // SCTP has sockets of this type, too.
    private static ResultCode? RecordObstacle(int number, bool listens) =>
        SocketOptions.FamilyOf(number) is Native.FamilyUnix
            ? Obstacle(number, Native.RecordSocket, listens)
            : ResultCode.EEMODENOTSUPP;

    // SCTP has streams that are none.
    private static ResultCode? Obstacle(int number, int type, bool listens)
    {
        if (!SocketOptions.TryGet(number, Native.SocketLevel, Native.SocketType, out var its) || its != type)
            return ResultCode.EEMODENOTSUPP;
        if (SocketOptions.TryGet(number, Native.SocketLevel, Native.SocketProtocol, out var protocol)
            && protocol == Native.SctpLevel) return ResultCode.EEMODENOTSUPP;
        var isListening = SocketOptions.TryGet(number, Native.SocketLevel, Native.IsListening, out var value)
            && value != 0;
        if (isListening == listens) return null;
        return isListening ? ResultCode.EEISLISTEN : ResultCode.EENOTLISTN;
    }
}
