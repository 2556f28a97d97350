using System.Net;
using System.Net.Sockets;
using Handoff.Transport;
using Handoff.Transport.Engine;

namespace Handoff.TestKit.Simulation;

// A datagram socket with UDP's manners: what is lost, or finds no room or nobody, is not told, except that a connected
// sender hears that nobody is there. It counts as an open socket until it is closed.
internal sealed class SimulatedDatagramSocket(
    NetworkCore core, SimulatedDatagrams network, IPEndPoint local, IPEndPoint? remote) : IDatagramSocket
{
    private const int Largest = 65_507;
    private const int LargestOverIPv6 = 65_527;
    private const int MostMessages = 256;

    private readonly Queue<(byte[] Bytes, EndPoint? From, ResultCode Code)> _inbox = new();
    private readonly Call<IoResult> _call = new(core.Options.Scheduler);
    private readonly SimulatedOptions _options =
        new(local.AddressFamily, isStream: false, core.Options.ReceiveWindow);
    private int _held;
    private long _dropped;
    private TimeSpan _lastDue;
    private bool _isRefused;
    private bool _isClosed;
    private bool _isWaitStopped;

    public IPEndPoint Place => local;

    // Of what it sends, in the mean.
    public TimeSpan Latency { get; } = core.Draws.UpTo(core.Options.MaxLatency);

    public EndPoint? LocalEndPoint => local;

    public EndPoint? RemoteEndPoint => remote;

    public bool IsConnected => remote is not null;

    public bool HasEnd => false;

    public bool CanWaitToSend => true;

    public long? Dropped
    {
        get
        {
            lock (core.Gate) return _dropped;
        }
    }

    public DatagramResult TryReceive(Span<byte> buffer)
    {
        if (buffer.IsEmpty) throw new ArgumentException("A receive needs a buffer.", nameof(buffer));
        lock (core.Gate)
        {
            if (_isClosed) return DatagramResult.Failed(ResultCode.EEBADF);
            if (!_inbox.TryDequeue(out var oldest)) return DatagramResult.Failed(ResultCode.EEWOULDBLOCK);
            _held -= oldest.Bytes.Length;
            if (oldest.Code is not ResultCode.EESUCCESS) _isRefused = false;
            var count = Math.Min(buffer.Length, oldest.Bytes.Length);
            oldest.Bytes.AsSpan(0, count).CopyTo(buffer);
            var marks = count < oldest.Bytes.Length ? DatagramMarks.Truncated : DatagramMarks.None;
            return new DatagramResult(count, oldest.From, marks, oldest.Code);
        }
    }

    public ValueTask<IoResult> WaitReadableAsync()
    {
        lock (core.Gate)
        {
            if (Readiness() is { } now) return new(now);
            _call.Arm();
            return _call.Armed;
        }
    }

    public void StopWaiting()
    {
        var wakes = default(Wakes);
        lock (core.Gate)
        {
            _isWaitStopped = true;
            Notice(ref wakes);
        }

        wakes.Fire();
    }

    public IoResult TrySend(ReadOnlySpan<byte> message, EndPoint? to)
    {
        if ((to ?? remote) is not { } receiver) return IoResult.Failed(ResultCode.EENOADDR);
        if (receiver is not IPEndPoint place || place.AddressFamily != local.AddressFamily)
            return IoResult.Failed(ResultCode.EEBADADDR);
        var largest = local.AddressFamily is AddressFamily.InterNetwork ? Largest : LargestOverIPv6;
        if (message.Length > largest) return IoResult.Failed(ResultCode.EEMSGSIZE);
        var wakes = default(Wakes);
        lock (core.Gate)
        {
            if (_isClosed) return IoResult.Failed(ResultCode.EEBADF);
            network.Post(this, place, message.ToArray(), ref wakes);
        }

        wakes.Fire();
        return IoResult.Moved(message.Length);
    }

    public ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> message, EndPoint? to) => new(TrySend(message.Span, to));

    public ResultCode ShutdownSend() => ResultCode.EEMODENOTSUPP;

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

    public void Dispose()
    {
        var wakes = default(Wakes);
        lock (core.Gate)
        {
            if (_isClosed) return;
            _isClosed = true;
            _inbox.Clear();
            network.Forget(this);
            Notice(ref wakes);
        }

        wakes.Fire();
    }

    // Under the gate.
    public TimeSpan InOrder(TimeSpan due) => _lastDue = due > _lastDue ? due : _lastDue;

    // Under the gate. One that has a peer hears nobody else.
    public void Deliver(byte[] bytes, IPEndPoint from, ref Wakes wakes)
    {
        if (_isClosed || (remote is not null && !remote.Equals(from))) return;
        if (_inbox.Count >= MostMessages || _held + bytes.Length > core.Options.ReceiveWindow)
        {
            _dropped++;
            return;
        }

        _inbox.Enqueue((bytes, from, ResultCode.EESUCCESS));
        _held += bytes.Length;
        Notice(ref wakes);
    }

    // Under the gate: what ICMP tells the sender; once until it is heard, as a system has it (SO_ERROR: socket(7)).
    public void Refuse(ref Wakes wakes)
    {
        if (_isClosed || remote is null || _isRefused) return;
        _isRefused = true;
        _inbox.Enqueue(([], remote, ResultCode.EECONNREFUSED));
        Notice(ref wakes);
    }

    private IoResult? Readiness() =>
        _isClosed ? IoResult.Failed(ResultCode.EEBADF)
        : _isWaitStopped ? IoResult.Failed(ResultCode.EEINTR)
        : _inbox.Count > 0 ? IoResult.Moved(0)
        : null;

    private void Notice(ref Wakes wakes)
    {
        if (_call.IsWaiting && Readiness() is { } now) _call.End(now, ref wakes);
    }
}
