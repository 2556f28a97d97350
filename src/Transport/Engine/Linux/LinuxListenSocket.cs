using System.Net;
using Handoff.Transport.Engine.Paths;

namespace Handoff.Transport.Engine.Linux;

internal sealed class LinuxListenSocket : IListenSocket, IPassable
{
    private readonly LinuxEngine _engine;
    private readonly Descriptor _descriptor;
    private readonly int _family;
    private readonly bool _hasOneAddress;
    private readonly Func<SocketOr<IStreamSocket>> _tryAccept;
    private BoundPath? _file;

    // Whoever keeps a copy would let it listen on; whoever passed it to this process may want that.
    private volatile bool _isKept;

    public LinuxListenSocket(LinuxEngine engine, Descriptor descriptor, EndPoint local, BoundPath? file)
    {
        _engine = engine;
        _descriptor = descriptor;
        _family = SocketName.FamilyOf(local)!.Value;
        _file = file;
        _tryAccept = TryAccept;
        descriptor.Name = this;
        LocalEndPoint = local;
        _hasOneAddress = local is not IPEndPoint { Address: var address }
            || (!address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any));
    }

    public EndPoint LocalEndPoint { get; }

    internal int Number => _descriptor.Number;

    public ValueTask<SocketOr<IStreamSocket>> AcceptAsync(CancellationToken cancellationToken) =>
        AcceptWait.NextAsync(_descriptor, _tryAccept, cancellationToken);

    public SocketResult SetOption(SocketOption option) =>
        OwnerOptions.Set(_descriptor, _family, isStream: true, option);

    public OptionResult GetOption(SocketOptionKind kind) =>
        OwnerOptions.Get(_descriptor, _family, isStream: true, kind);

    public SocketResult SetRawOption(int level, int name, ReadOnlySpan<byte> value) =>
        OwnerOptions.SetRaw(_descriptor, level, name, value);

    public RawOptionResult GetRawOption(int level, int name, int size) =>
        OwnerOptions.GetRaw(_descriptor, level, name, size);

    public void Dispose()
    {
        if (_descriptor.Postpones(LentEnd.Asked.Finish)) return;
        if (_isKept && _descriptor.TryEnter())
        {
            // Refused where it does not listen any more.
            _ = SharedEnding.Finish(_descriptor.Number);
            _descriptor.Leave();
        }

        _file?.Remove();
        _descriptor.Close();
    }

    public void Pause() => _descriptor.Pause();

    public SocketOr<SocketDescriptor> Lend() => _descriptor.Lend();

    public void GoOn()
    {
        if (_descriptor.Unpause() is not LentEnd.Asked.Nothing) Dispose();
    }

    public SocketOr<SocketDescriptor> Share()
    {
        _isKept = true;
        return _descriptor.Share();
    }

    // Its file, if it has one, stays for whoever listens on.
    public void Leave()
    {
        _file = null;
        _descriptor.Close();
        _descriptor.Unpause();
    }

    // Out of the engine, open; its file, if it has one, stays for whoever listens on.
    public SocketOr<SocketDescriptor> HandOut()
    {
        var handedOut = _descriptor.HandOut();
        if (handedOut.Socket is not null) _file = null;
        return handedOut;
    }

    public override string ToString() => $"listener on {LocalEndPoint}";

    private unsafe SocketOr<IStreamSocket> TryAccept()
    {
        var name = stackalloc byte[Native.LargestAddress];
        var length = Native.LargestAddress;
        var (number, code) = Accepting.Next(_engine.Reserve, _descriptor, name, &length);
        if (code is not ResultCode.EESUCCESS) return code;
        var local = _hasOneAddress ? LocalEndPoint : SocketName.OfLocal(number);
        var remote = SocketName.Read(new ReadOnlySpan<byte>(name, length));
        return new LinuxStreamSocket(_engine.Place(number, isShared: false), _family, local, remote);
    }
}
