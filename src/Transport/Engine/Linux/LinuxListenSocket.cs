using System.Net;
using Handoff.Transport.Engine.Paths;

namespace Handoff.Transport.Engine.Linux;

internal sealed class LinuxListenSocket : IListenSocket
{
    private readonly LinuxEngine _engine;
    private readonly Descriptor _descriptor;
    private readonly int _family;
    private readonly bool _hasOneAddress;
    private BoundPath? _file;

    public LinuxListenSocket(LinuxEngine engine, Descriptor descriptor, EndPoint local, BoundPath? file)
    {
        _engine = engine;
        _descriptor = descriptor;
        _family = SocketName.FamilyOf(local)!.Value;
        _file = file;
        descriptor.Name = this;
        LocalEndPoint = local;
        _hasOneAddress = local is not IPEndPoint { Address: var address }
            || (!address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any));
    }

    public EndPoint LocalEndPoint { get; }

    public ValueTask<SocketOr<IStreamSocket>> AcceptAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return new((SocketOr<IStreamSocket>)ResultCode.EEINTR);
        var accepted = TryAccept();
        return accepted.Code is ResultCode.EEWOULDBLOCK ? AcceptLaterAsync(cancellationToken) : new(accepted);
    }

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
        _file?.Remove();
        _descriptor.Close();
    }

    // Out of the engine, open; its file, if it has one, stays for whoever listens on.
    public SocketOr<SocketDescriptor> HandOut()
    {
        var handedOut = _descriptor.HandOut();
        if (handedOut.Socket is not null) _file = null;
        return handedOut;
    }

    public override string ToString() => $"listener on {LocalEndPoint}";

    private async ValueTask<SocketOr<IStreamSocket>> AcceptLaterAsync(CancellationToken cancellationToken)
    {
        await using var cancelling = cancellationToken.UnsafeRegister(
            static readable => ((Readiness)readable!).Interrupt(), _descriptor).ConfigureAwait(false);
        while (true)
        {
            var waiting = _descriptor.WaitReadableAsync();

            // It may have been cancelled before there was a wait to interrupt.
            if (cancellationToken.IsCancellationRequested) _descriptor.Interrupt();
            var ready = await waiting.ConfigureAwait(false);
            if (!ready.IsSuccess) return ready.Code;
            var accepted = TryAccept();
            if (accepted.Code is not ResultCode.EEWOULDBLOCK) return accepted;
        }
    }

    private unsafe SocketOr<IStreamSocket> TryAccept()
    {
        if (!_descriptor.TryEnter()) return ResultCode.EEBADF;
        _descriptor.Clear();
        var name = stackalloc byte[Native.LargestAddress];
        var length = Native.LargestAddress;
        var (number, error) = _engine.Reserve.IsTouched ? AcceptSparing(name, &length) : Accept(name, &length);
        _descriptor.Leave();
        if (error is Errno.TryAgain) return ResultCode.EEWOULDBLOCK;

        // More may wait, behind a failure too.
        _descriptor.Report();
        if (error is not Errno.None) return Errors.OfAccept(error);
        var local = _hasOneAddress ? LocalEndPoint : SocketName.OfLocal(number);
        var remote = SocketName.Read(new ReadOnlySpan<byte>(name, length));
        return new LinuxStreamSocket(_engine.Place(number, isShared: false), _family, local, remote);
    }

    private unsafe (int Number, Errno Error) Accept(byte* name, int* length)
    {
        var number = SystemCalls.Accept(_descriptor.Number, name, length, Native.NonBlocking | Native.CloseOnExec);
        return (number, number < 0 ? Errors.Last : Errno.None);
    }

    // Not from the reserve. Whoever waits goes on waiting and is a reason to try again; nobody waiting is none.
    private unsafe (int Number, Errno Error) AcceptSparing(byte* name, int* length)
    {
        lock (_engine.Reserve.Gate)
        {
            if (!_engine.Reserve.IsNext()) return Accept(name, length);
        }

        var entry = new PollEntry { Descriptor = _descriptor.Number, Events = (ushort)Native.Readable };
        return (-1, SystemCalls.Poll(&entry, 1, 0) == 0 ? Errno.TryAgain : Errno.TooManyFiles);
    }
}
