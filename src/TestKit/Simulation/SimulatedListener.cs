using System.Net;
using Handoff.Transport;
using Handoff.Transport.Engine;

namespace Handoff.TestKit.Simulation;

internal sealed class SimulatedListener(NetworkCore core, SimulatedNetwork network, IPEndPoint place, int backlog)
    : IListenSocket
{
    private readonly Queue<SimulatedLink> _waiting = new();
    private readonly LinkedList<PendingConnect> _connecting = new();
    private readonly Call<SocketOr<IStreamSocket>> _call = new(core.Options.Scheduler);
    private readonly SimulatedOptions _options =
        new(place.AddressFamily, isStream: true, core.Options.ReceiveWindow);
    private bool _isClosed;
    private CancellationTokenRegistration _registration;
    private CancellationToken _token;

    public EndPoint LocalEndPoint => place;

    public IPEndPoint Place => place;

    public ValueTask<SocketOr<IStreamSocket>> AcceptAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return new(ResultCode.EEINTR);
        var wakes = default(Wakes);
        ValueTask<SocketOr<IStreamSocket>> result;
        lock (core.Gate)
        {
            if (TryAccept(ref wakes, out var now))
            {
                result = new(now);
            }
            else
            {
                _call.Arm();
                _token = cancellationToken;
                _registration = cancellationToken.UnsafeRegister(
                    static (listener, token) => ((SimulatedListener)listener!).CancelAccept(token), this);
                result = _call.Armed;
            }
        }

        wakes.Fire();
        return result;
    }

    // Under the gate. Null if there is no room: then it waits here.
    public SocketOr<IStreamSocket>? Connect(PendingConnect connect, ref Wakes wakes)
    {
        if (_waiting.Count >= backlog)
        {
            _connecting.AddLast(connect);
            connect.Queue = this;
            return null;
        }

        return Admit(connect, ref wakes);
    }

    public SocketResult SetOption(SocketOption option)
    {
        lock (core.Gate) return _isClosed ? OptionRules.Closed : _options.Set(option);
    }

    public OptionResult GetOption(SocketOptionKind kind)
    {
        lock (core.Gate) return _isClosed ? new(null, OptionRules.Closed) : _options.Get(kind);
    }

    public SocketResult SetRawOption(int level, int name, ReadOnlySpan<byte> value)
    {
        lock (core.Gate) return _isClosed ? OptionRules.Closed : SimulatedOptions.NoNumbers;
    }

    public RawOptionResult GetRawOption(int level, int name, int size)
    {
        lock (core.Gate) return new(default, _isClosed ? OptionRules.Closed : SimulatedOptions.NoNumbers);
    }

    // Under the gate.
    public void Forget(PendingConnect connect) => _connecting.Remove(connect);

    public void Dispose()
    {
        var wakes = default(Wakes);
        lock (core.Gate)
        {
            if (_isClosed) return;
            _isClosed = true;
            network.Forget(this);
            foreach (var connect in _connecting) connect.End(ResultCode.EECONNREFUSED, ref wakes);
            _connecting.Clear();
            foreach (var link in _waiting) link.Far.Close(isAbort: true, ref wakes);
            _waiting.Clear();
            if (_call.IsWaiting) EndAccept(ResultCode.EEBADF, ref wakes);
        }

        wakes.Fire();
    }

    private bool TryAccept(ref Wakes wakes, out SocketOr<IStreamSocket> result)
    {
        result = default;
        if (_isClosed)
        {
            result = ResultCode.EEBADF;
            return true;
        }

        if (_waiting.Count == 0) return false;
        var failure = network.AcceptFailure(place);
        if (failure is ResultCode.EENOSOCKS)
        {
            core.Note(NetworkEventKind.AcceptFailed, failure);
            result = failure;
            return true;
        }

        var link = _waiting.Dequeue();
        AdmitNext(ref wakes);
        if (failure is ResultCode.None)
        {
            core.Note(link, NetworkEventKind.Accepted, atClient: false);
            link.Far.Open();
            result = link.Far;
        }
        else
        {
            core.Note(NetworkEventKind.AcceptFailed, failure);
            link.Far.Close(isAbort: true, ref wakes);
            result = failure;
        }

        return true;
    }

    // One that fails takes no room: the next one has it.
    private void AdmitNext(ref Wakes wakes)
    {
        while (_waiting.Count < backlog && _connecting.First is { Value: var connect })
        {
            _connecting.RemoveFirst();
            connect.End(Admit(connect, ref wakes), ref wakes);
        }
    }

    private SocketOr<IStreamSocket> Admit(PendingConnect connect, ref Wakes wakes)
    {
        var result = network.Establish(connect);
        if (result.Link is not { } link) return result.Code;
        link.Far.Options.CopyFrom(_options);
        _waiting.Enqueue(link);
        if (_call.IsWaiting && TryAccept(ref wakes, out var accepted)) EndAccept(accepted, ref wakes);
        return link.Near;
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

    private void EndAccept(SocketOr<IStreamSocket> result, ref Wakes wakes)
    {
        _registration.Unregister();
        _registration = default;
        _token = default;
        _call.End(result, ref wakes);
    }
}
