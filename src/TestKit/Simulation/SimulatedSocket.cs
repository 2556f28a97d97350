using System.Buffers;
using System.Net;
using Handoff.Transport;
using Handoff.Transport.Engine;

namespace Handoff.TestKit.Simulation;

// One end of a connection, with TCP's manners: closing with unread bytes resets the peer, as does sending to a closed
// end. It counts as an open socket from when somebody has it.
internal sealed class SimulatedSocket(
    NetworkCore core, SimulatedLink link, bool atClient, ReceivingEnd inbound, SendingEnd outbound, Wire inboundWire)
    : IStreamSocket
{
    private State _state;

    private enum State
    {
        Waiting,
        Open,
        Closed,
    }

    public SimulatedOptions Options { get; } =
        new(link.Server.AddressFamily, isStream: true, core.Options.ReceiveWindow);

    public EndPoint? LocalEndPoint => atClient ? link.Client : link.Server;

    public EndPoint? RemoteEndPoint => atClient ? link.Server : link.Client;

    // Under the gate.
    public void Open()
    {
        _state = State.Open;
        core.Opened();
    }

    public ValueTask<IoResult> ReceiveAsync(Memory<byte> buffer)
    {
        if (buffer.IsEmpty) throw new ArgumentException("A receive needs a buffer.", nameof(buffer));
        return Receive(buffer);
    }

    public ValueTask<IoResult> WaitReadableAsync() => Receive(default);

    public void StopWaiting()
    {
        var wakes = default(Wakes);
        lock (core.Gate) inbound.StopWaiting(ref wakes);
        wakes.Fire();
    }

    public ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> bytes) => SendAsync(new ReadOnlySequence<byte>(bytes));

    public ValueTask<IoResult> SendAsync(in ReadOnlySequence<byte> bytes)
    {
        var wakes = default(Wakes);
        ValueTask<IoResult> result;
        lock (core.Gate) result = outbound.Send(bytes, ref wakes);
        wakes.Fire();
        return result;
    }

    public ResultCode SendUrgent(byte value)
    {
        lock (core.Gate) return outbound.SendUrgent(value);
    }

    public IoResult ReceiveUrgent(Span<byte> buffer)
    {
        lock (core.Gate) return inbound.ReceiveUrgent(buffer);
    }

    public ResultCode ShutdownSend()
    {
        var wakes = default(Wakes);
        ResultCode code;
        lock (core.Gate) code = outbound.Shutdown(ref wakes);
        wakes.Fire();
        return code;
    }

    public SocketResult SetOption(SocketOption option)
    {
        lock (core.Gate) return _state is State.Closed ? OptionRules.Closed : Options.Set(option);
    }

    public OptionResult GetOption(SocketOptionKind kind)
    {
        lock (core.Gate) return _state is State.Closed ? new(null, OptionRules.Closed) : Options.Get(kind);
    }

    public SocketResult SetRawOption(int level, int name, ReadOnlySpan<byte> value)
    {
        lock (core.Gate) return _state is State.Closed ? OptionRules.Closed : SimulatedOptions.NoNumbers;
    }

    public RawOptionResult GetRawOption(int level, int name, int size)
    {
        lock (core.Gate) return new(default, _state is State.Closed ? OptionRules.Closed : SimulatedOptions.NoNumbers);
    }

    public void Abort() => Close(isAbort: true);

    public void Dispose() => Close(isAbort: false);

    // Under the gate.
    public void Close(bool isAbort, ref Wakes wakes)
    {
        if (_state is State.Closed) return;
        if (_state is State.Open) core.Closed();
        _state = State.Closed;
        core.Note(link, isAbort ? NetworkEventKind.Aborted : NetworkEventKind.Closed, atClient);
        outbound.Close(isAbort || inbound.HasUnread || Options.ResetsOnClose, ref wakes);
        inbound.Close(ref wakes);
        inboundWire.Arrive(ref wakes);
        link.EndClosed();
    }

    private void Close(bool isAbort)
    {
        var wakes = default(Wakes);
        lock (core.Gate) Close(isAbort, ref wakes);
        wakes.Fire();
    }

    private ValueTask<IoResult> Receive(Memory<byte> buffer)
    {
        var wakes = default(Wakes);
        ValueTask<IoResult> result;
        lock (core.Gate)
        {
            result = inbound.Receive(buffer);
            inboundWire.Arrive(ref wakes);
        }

        wakes.Fire();
        return result;
    }
}
