using System.Net;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Sctp;

namespace Handoff.TestKit.Simulation.Sctp;

internal sealed class SimulatedSctpListener(
    NetworkCore core, SimulatedSctp network, int backlog, SctpEventKinds events) : ISctpListenSocket, ISctpBound
{
    private readonly Queue<SimulatedSctpSocket> _waiting = new();
    private readonly Call<SocketOr<ISctpSocket>> _call = new(core.Options.Scheduler);
    private SctpPlace _place = null!; // from Bound on
    private bool _tellsNext;
    private bool _isClosed;
    private CancellationTokenRegistration _registration;
    private CancellationToken _token;

    public SctpSettings Settings { get; } = new();

    public IReadOnlyList<IPEndPoint> LocalEndPoints => _place.Addresses;

    public bool Takes => !_isClosed && _waiting.Count < backlog;

    public void Bound(SctpPlace place, SctpSocketOptions options) => (_place, _tellsNext) = (place, options.TellsNext);

    public ValueTask<SocketOr<ISctpSocket>> AcceptAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return new(ResultCode.EEINTR);
        lock (core.Gate)
        {
            if (TryAccept(out var now)) return new(now);
            _call.Arm();
            _token = cancellationToken;
            _registration = cancellationToken.UnsafeRegister(
                static (listener, token) => ((SimulatedSctpListener)listener!).CancelAccept(token), this);
            return _call.Armed;
        }
    }

    public AssociationEnd? Take(AssociationEnd caller)
    {
        if (!Takes) return null;
        var socket = new SimulatedSctpSocket(core, network, SctpStyle.OneToOne, events);
        socket.Begin(Settings);
        var end = new AssociationEnd(core, _place, socket, caller.Local);
        socket.Adopt(end, _tellsNext);
        return end;
    }

    public void TookUp(AssociationEnd end, ref Wakes wakes)
    {
        if (end.Socket is not { } socket) return;
        core.Opened(); // one that waits is open: somebody has to close it
        _waiting.Enqueue(socket);
        if (_call.IsWaiting && TryAccept(out var accepted)) EndAccept(accepted, ref wakes);
    }

    public void Dispose()
    {
        var wakes = default(Wakes);
        lock (core.Gate)
        {
            if (_isClosed) return;
            _isClosed = true;
            foreach (var socket in _waiting) socket.CloseHere(isAbort: true, ref wakes);
            _waiting.Clear();
            _place.Close();
            core.Closed();
            if (_call.IsWaiting) EndAccept(ResultCode.EEBADF, ref wakes);
        }

        wakes.Fire();
    }

    private bool TryAccept(out SocketOr<ISctpSocket> result)
    {
        result = ResultCode.EEBADF;
        if (_isClosed) return true;
        if (!_waiting.TryDequeue(out var socket)) return false;
        result = socket;
        return true;
    }

    private void CancelAccept(CancellationToken token)
    {
        var wakes = default(Wakes);
        lock (core.Gate)
        {
            if (!_call.IsWaiting || _token != token) return;
            EndAccept(ResultCode.EEINTR, ref wakes);
        }

        wakes.Fire();
    }

    private void EndAccept(SocketOr<ISctpSocket> result, ref Wakes wakes)
    {
        _registration.Unregister();
        _registration = default;
        _token = default;
        _call.End(result, ref wakes);
    }
}
