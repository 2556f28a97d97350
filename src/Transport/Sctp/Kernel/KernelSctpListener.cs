using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Kernel;

internal sealed class KernelSctpListener : ISctpListenSocket
{
    private readonly KernelSctp _backend;
    private readonly Descriptor _descriptor;
    private readonly SctpEventKinds _events;
    private readonly Func<SocketOr<ISctpSocket>> _tryAccept;

    public KernelSctpListener(
        KernelSctp backend, Descriptor descriptor, IReadOnlyList<IPEndPoint> local, SctpEventKinds events)
    {
        (_backend, _descriptor, LocalEndPoints, _events) = (backend, descriptor, local, events);
        _tryAccept = TryAccept;
        descriptor.Name = this;
    }

    public IReadOnlyList<IPEndPoint> LocalEndPoints { get; }

    public ValueTask<SocketOr<ISctpSocket>> AcceptAsync(CancellationToken cancellationToken) =>
        AcceptWait.NextAsync(_descriptor, _tryAccept, cancellationToken);

    // Who waits to be accepted is aborted; who was accepted has a descriptor of its own.
    public void Dispose()
    {
        if (_descriptor.TryEnter())
        {
            SocketOptions.ResetOnClose(_descriptor.Number);
            _descriptor.Leave();
        }

        _descriptor.Close();
    }

    public override string ToString() => $"SCTP listener on {string.Join(", ", LocalEndPoints)}";

    private unsafe SocketOr<ISctpSocket> TryAccept()
    {
        var name = stackalloc byte[Native.LargestAddress];
        var length = Native.LargestAddress;
        var (number, code) = Accepting.Next(_backend.Engine.Reserve, _descriptor, name, &length);
        if (code is not ResultCode.EESUCCESS) return code;
        var descriptor = _backend.Engine.Place(number, isShared: false);
        return _backend.Connected(descriptor, LocalEndPoints, _events) is { } accepted ? accepted : ResultCode.EEBADF;
    }
}
