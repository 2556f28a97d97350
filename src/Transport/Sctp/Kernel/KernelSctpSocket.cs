using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Kernel;

// A socket of any style. Calls are tried at once; only what the kernel says to wait for waits, for the loop's word.
internal sealed partial class KernelSctpSocket : ISctpSocket
{
    private readonly KernelSctp _backend;
    private readonly Descriptor _descriptor;
    private readonly Lock _events = new();
    private volatile IPEndPoint[] _local;
    private volatile SctpEventKinds _wanted;

    private volatile Phase _phase;

    public KernelSctpSocket(
        KernelSctp backend,
        Descriptor descriptor,
        SctpStyle style,
        SctpAssociationId association,
        IReadOnlyList<IPEndPoint> local,
        SctpEventKinds events)
    {
        (_backend, _descriptor, Style, Association) = (backend, descriptor, style, association);
        (_local, _wanted) = ([.. local], events);
        _causes = new EndCauses(backend.Time);
        descriptor.Name = this;
    }

    // Of a socket with one association.
    private enum Phase
    {
        Live,

        // By AbortOnly; its last event was not told.
        Aborted,

        // Its last event was told.
        Over,
    }

    public SctpStyle Style { get; }

    public SctpAssociationId Association { get; }

    public IReadOnlyList<IPEndPoint> LocalEndPoints => _local;

    public IPEndPoint? RemoteEndPoint
    {
        get
        {
            if (Style is SctpStyle.OneToMany) return null;
            if (_phase is Phase.Live && GetStatus(Association).Value?.Primary is { } now) Primary = now;
            return Primary;
        }
    }

    public SctpEventKinds Events
    {
        get => _wanted;
        set
        {
            lock (_events)
            {
                var before = _wanted;
                _wanted = value;
                if (!_descriptor.TryEnter()) return;
                _ = KernelEvents.TryChange(_descriptor.Number, before, value);
                _descriptor.Leave();
            }
        }
    }

    // As it was told last.
    internal IPEndPoint? Primary { get; set; }

    internal int Number => _descriptor.Number;

    // What was received last may have been all there was, so the kernel is asked; after the earlier report was taken
    // back, so that none that comes meanwhile is lost.
    public ValueTask<IoResult> WaitReadableAsync()
    {
        if (_descriptor.IsReady && _due is null && _descriptor.TryEnter())
        {
            _descriptor.Clear();
            if (SocketOptions.IsReadable(_descriptor.Number)) _descriptor.Report();
            _descriptor.Leave();
        }

        return _phase is not Phase.Live && !_descriptor.IsClosed
            ? new(IoResult.Moved(0))
            : _descriptor.WaitReadableAsync();
    }

    public void StopWaiting() => _descriptor.Stop(ResultCode.EEINTR);

    public ValueTask<IoResult> WaitWritableAsync() =>
        _phase is not Phase.Live && !_descriptor.IsClosed
            ? new(IoResult.Failed(ResultCode.EENOTCONN))
            : _descriptor.WaitWritableAsync();

    public SocketResult SetOption(SctpAssociationId association, SctpOption option)
    {
        if (!_descriptor.TryEnter()) return SocketResult.Of(ResultCode.EEBADF);
        var result = KernelOptions.Set(_descriptor.Number, Style, association, option);
        _descriptor.Leave();
        return result;
    }

    public SctpOr<int> GetOption(SctpAssociationId association, SctpOptionKind kind)
    {
        if (!_descriptor.TryEnter()) return ResultCode.EEBADF;
        var result = KernelOptions.Get(_descriptor.Number, Style, association, kind);
        _descriptor.Leave();
        return result;
    }

    public SocketResult SetOption(SocketOption option) =>
        OwnerOptions.Set(_descriptor, Family, isStream: false, option);

    public OptionResult GetOption(SocketOptionKind kind) =>
        OwnerOptions.Get(_descriptor, Family, isStream: false, kind);

    public SocketResult SetRawOption(int level, int name, ReadOnlySpan<byte> value) =>
        OwnerOptions.SetRaw(_descriptor, level, name, value);

    public RawOptionResult GetRawOption(int level, int name, int size) =>
        OwnerOptions.GetRaw(_descriptor, level, name, size);

    // The kernel would abort all associations where anything of any was not received.
    public void Dispose()
    {
        if (_descriptor.Postpones(LentEnd.Asked.Finish)) return;
        if (Style is SctpStyle.OneToMany) AbortThoseUnread();
        else if (_descriptor.IsShared) FinishShared();
        _descriptor.Close();
    }

    public void Abort()
    {
        if (_descriptor.Postpones(LentEnd.Asked.Reset)) return;
        if (_descriptor.IsShared) AbortShared();
        if (_descriptor.TryEnter())
        {
            SocketOptions.ResetOnClose(_descriptor.Number);
            _descriptor.Leave();
        }

        _descriptor.Close();
    }

    public override string ToString() => Style is SctpStyle.OneToMany
        ? $"SCTP endpoint on {string.Join<IPEndPoint>(", ", _local)}"
        : $"SCTP association {Association.Value} on {string.Join<IPEndPoint>(", ", _local)}";

    private int Family => AddressList.HasIPv6(_local) ? Native.FamilyIPv6 : Native.FamilyIPv4;
}
