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

    public KernelSctpListener(
        KernelSctp backend, Descriptor descriptor, IReadOnlyList<IPEndPoint> local, SctpEventKinds events)
    {
        (_backend, _descriptor, LocalEndPoints, _events) = (backend, descriptor, local, events);
        descriptor.Name = this;
    }

    public IReadOnlyList<IPEndPoint> LocalEndPoints { get; }

    public ValueTask<SocketOr<ISctpSocket>> AcceptAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return new((SocketOr<ISctpSocket>)ResultCode.EEINTR);
        var accepted = TryAccept();
        return accepted.Code is ResultCode.EEWOULDBLOCK ? AcceptLaterAsync(cancellationToken) : new(accepted);
    }

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

    private async ValueTask<SocketOr<ISctpSocket>> AcceptLaterAsync(CancellationToken cancellationToken)
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

    private unsafe SocketOr<ISctpSocket> TryAccept()
    {
        if (!_descriptor.TryEnter()) return ResultCode.EEBADF;
        _descriptor.Clear();
        var name = stackalloc byte[Native.LargestAddress];
        var length = Native.LargestAddress;
        var (number, error) = Accepting.Next(_backend.Engine.Reserve, _descriptor.Number, name, &length);
        _descriptor.Leave();
        if (error is Errno.TryAgain) return ResultCode.EEWOULDBLOCK;

        // More may wait, behind a failure too.
        _descriptor.Report();
        if (error is not Errno.None) return Errors.OfAccept(error);
        var descriptor = _backend.Engine.Place(number, isShared: false);
        return _backend.Connected(descriptor, LocalEndPoints, _events) is { } accepted ? accepted : ResultCode.EEBADF;
    }
}
