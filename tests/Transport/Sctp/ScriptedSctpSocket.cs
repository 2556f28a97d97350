using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Sctp;

namespace Handoff.Transport.Tests.Sctp;

/// <summary>A socket of which a test says what it does, and which does nothing else.</summary>
internal abstract class ScriptedSctpSocket : ISctpSocket
{
    public List<string> Done { get; } = [];

    public abstract SctpStyle Style { get; }

    public abstract SctpAssociationId Association { get; }

    public IReadOnlyList<IPEndPoint> LocalEndPoints { get; } = [new(IPAddress.Loopback, 1)];

    public IPEndPoint? RemoteEndPoint { get; init; }

    public SctpEventKinds Events { get; set; }

    public abstract SctpReceived TryReceive(Span<byte> buffer);

    public virtual ValueTask<IoResult> WaitReadableAsync() => throw new NotSupportedException();

    public virtual void StopWaiting() => throw new NotSupportedException();

    public virtual SocketResult Listen(int backlog) => throw new NotSupportedException();

    public SocketResult Bind(IReadOnlyList<IPEndPoint> addresses, SctpBinding binding) =>
        throw new NotSupportedException();

    public virtual SctpOr<SctpAssociationId> Connect(IReadOnlyList<IPEndPoint> peer) =>
        throw new NotSupportedException();

    public virtual IoResult TrySend(ReadOnlySpan<byte> message, in SctpSendInfo info, IPEndPoint? to = null) =>
        throw new NotSupportedException();

    public virtual ValueTask<IoResult> WaitWritableAsync() => throw new NotSupportedException();

    public virtual SocketOr<ISctpSocket> PeelOff(SctpAssociationId association, SctpPeelFlags flags) =>
        throw new NotSupportedException();

    public virtual SctpOr<IReadOnlyList<IPEndPoint>> GetPeerAddresses(SctpAssociationId association) =>
        throw new NotSupportedException();

    public SctpOr<IReadOnlyList<IPEndPoint>> GetLocalAddresses(SctpAssociationId association) =>
        throw new NotSupportedException();

    public SctpOr<SctpStatus> GetStatus(SctpAssociationId association) => throw new NotSupportedException();

    public SocketResult SetOption(SctpAssociationId association, SctpOption option) =>
        throw new NotSupportedException();

    public SctpOr<int> GetOption(SctpAssociationId association, SctpOptionKind kind) =>
        throw new NotSupportedException();

    public SocketResult SetOption(SocketOption option) => throw new NotSupportedException();

    public OptionResult GetOption(SocketOptionKind kind) => throw new NotSupportedException();

    public SocketResult SetRawOption(int level, int name, ReadOnlySpan<byte> value) =>
        throw new NotSupportedException();

    public RawOptionResult GetRawOption(int level, int name, int size) => throw new NotSupportedException();

    public virtual void Abort() => throw new NotSupportedException();

    public virtual void Dispose() => Done.Add("dispose");
}
