using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sctp;

namespace Handoff.Transport.Tests.Sctp;

/// <summary>An association that brings what a test says, and counts how often it was lent.</summary>
internal sealed class ScriptedAssociation : ISctpSocket, IPassable
{
    public Queue<SctpReceived> Brings { get; } = [];

    public List<string> Done { get; } = [];

    public SctpStyle Style => SctpStyle.PeeledOff;

    public IReadOnlyList<IPEndPoint> LocalEndPoints { get; } = [new(IPAddress.Loopback, 1)];

    public IPEndPoint? RemoteEndPoint { get; } = new(IPAddress.Loopback, 2);

    public SctpAssociationId Association => new(7);

    public SctpEventKinds Events { get; set; }

    public SctpReceived TryReceive(Span<byte> buffer) =>
        Brings.TryDequeue(out var next) ? next : SctpReceived.Failed(ResultCode.EEWOULDBLOCK);

    public void Pause() => Done.Add("pause");

    public SocketOr<SocketDescriptor> Lend()
    {
        Done.Add("lend");
        return SocketDescriptor.LentBy(0);
    }

    public void GoOn() => Done.Add("go on");

    public void Leave() => Done.Add("leave");

    public ValueTask<IoResult> WaitReadableAsync() => throw new NotSupportedException();

    public void StopWaiting() => throw new NotSupportedException();

    public SocketResult Listen(int backlog) => throw new NotSupportedException();

    public SocketResult Bind(IReadOnlyList<IPEndPoint> addresses, SctpBinding binding) =>
        throw new NotSupportedException();

    public SctpOr<SctpAssociationId> Connect(IReadOnlyList<IPEndPoint> peer) => throw new NotSupportedException();

    public IoResult TrySend(ReadOnlySpan<byte> message, in SctpSendInfo info, IPEndPoint? to = null) =>
        throw new NotSupportedException();

    public ValueTask<IoResult> WaitWritableAsync() => throw new NotSupportedException();

    public SocketOr<ISctpSocket> PeelOff(SctpAssociationId association, SctpPeelFlags flags) =>
        throw new NotSupportedException();

    public SctpOr<IReadOnlyList<IPEndPoint>> GetPeerAddresses(SctpAssociationId association) =>
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

    public void Abort() => throw new NotSupportedException();

    public void Dispose() => Done.Add("dispose");
}
