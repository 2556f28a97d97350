using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sctp.Endpoints;

// What it is asked beyond messages, and how it ends.
internal sealed partial class SharedAssociation
{
    private ISctpSocket Socket => _own ?? _endpoint.Socket;

    // It neither listens nor binds nor connects, as a socket that was peeled off does not.
    public SocketResult Listen(int backlog) => SocketResult.Of(ResultCode.EEINVAL);

    public SocketResult Bind(IReadOnlyList<IPEndPoint> addresses, SctpBinding binding) =>
        SocketResult.Of(ResultCode.EEINVAL);

    public SctpOr<SctpAssociationId> Connect(IReadOnlyList<IPEndPoint> peer) => ResultCode.EEISCONN;

    public SocketOr<ISctpSocket> PeelOff(SctpAssociationId association, SctpPeelFlags flags) => ResultCode.EEINVAL;

    public SctpOr<IReadOnlyList<IPEndPoint>> GetPeerAddresses(SctpAssociationId association) =>
        Leveled(Socket.GetPeerAddresses(Association));

    public SctpOr<IReadOnlyList<IPEndPoint>> GetLocalAddresses(SctpAssociationId association) =>
        Leveled(Socket.GetLocalAddresses(Association));

    public SctpOr<SctpStatus> GetStatus(SctpAssociationId association) => Leveled(Socket.GetStatus(Association));

    public SocketResult SetOption(SctpAssociationId association, SctpOption option) =>
        Socket.SetOption(Association, option);

    public SctpOr<int> GetOption(SctpAssociationId association, SctpOptionKind kind) =>
        Leveled(Socket.GetOption(Association, kind));

    // Of a socket that others share an owner changes nothing.
    public SocketResult SetOption(SocketOption option) => _own?.SetOption(option) ?? Shared;

    public OptionResult GetOption(SocketOptionKind kind) => Socket.GetOption(kind);

    public SocketResult SetRawOption(int level, int name, ReadOnlySpan<byte> value) =>
        _own?.SetRawOption(level, name, value) ?? Shared;

    public RawOptionResult GetRawOption(int level, int name, int size) => Socket.GetRawOption(level, name, size);

    // Ends the association; one with messages that nobody received is aborted, as both stacks do it.
    public void Dispose() => End(isAbort: false);

    public void Abort() => End(isAbort: true);

    public SocketResult PeelOff(SctpPeelFlags flags) => _endpoint.PeelOff(this, flags);

    private static SocketResult Shared => new(
        ResultCode.EEMODENOTSUPP, "the association shares its endpoint's socket; peel it off, or ask the endpoint");

    private void End(bool isAbort)
    {
        var wakes = new AssociationWakes(this);
        bool hasEnded;
        lock (_gate)
        {
            if (_isClosed) return;
            _isClosed = true;
            hasEnded = _isOver;
            isAbort |= _queue.HasMessages;
            _queue.Clear();
            wakes.Reader = WakeReader();
            wakes.Writer = WakeWriter(IoResult.Failed(ResultCode.EEBADF));
        }

        if (_own is not { } own) _endpoint.End(this, isAbort, hasEnded);
        else if (isAbort) own.Abort();
        else own.Dispose();
        wakes.Fire();
    }

    // Of a socket with one association what is not there has ended.
    private SctpOr<T> Leveled<T>(SctpOr<T> told) =>
        _own is null && told.Code is ResultCode.EEINVAL && _isOver ? ResultCode.EENOTCONN : told;
}
