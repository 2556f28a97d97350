using System.Buffers;
using Handoff.TestKit.Checks;
using Handoff.Transport;
using Handoff.Transport.Sockets;

namespace Handoff.TestKit.Scenarios;

// The other end of a connection. It reads by itself what it is sent, unless the story stops it.
internal sealed class Peer(string name, SocketConnection connection, InboundCheck inbound, OutboundCheck outbound)
{
    private TaskCompletionSource? _stopped;
    private SocketLease? _lease;

    public string Name => name;

    public SocketConnection Connection => connection;

    public InboundCheck Inbound => inbound;

    public OutboundCheck Outbound => outbound;

    public bool SawEnd { get; private set; }

    public SocketResult? Failure { get; private set; }

    public Task Sending { get; private set; } = Task.CompletedTask;

    public Task Reading { get; private set; } = Task.CompletedTask;

    public void Start(Func<Func<Task>, Task> begin)
    {
        connection.Start();
        _lease = connection.Lease(1);
        Reading = begin(ReadAsync);
    }

    public void Send(byte[] bytes)
    {
        inbound.Sent.Append(bytes);
        Sending = SendAfterAsync(Sending, bytes);
    }

    public void FinishSending() => Sending = FinishAfterAsync(Sending);

    public void StopReading() => _stopped ??= new TaskCompletionSource();

    public void GoOnReading()
    {
        _stopped?.SetResult();
        _stopped = null;
    }

    public void Reset() => connection.Abort(new SocketResult(ResultCode.EEABORTED, "the story resets it"));

    public void Close() => connection.Close();

    private async Task SendAfterAsync(Task earlier, byte[] bytes)
    {
        try
        {
            await earlier;
            await _lease!.Output.WriteAsync(bytes);
        }
        catch (SocketFailedException gone)
        {
            Failure ??= gone.Result;
        }
    }

    private async Task FinishAfterAsync(Task earlier)
    {
        await earlier;
        if (Failure is null) _lease!.Output.Complete();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                if (_stopped is { } stopped) await stopped.Task;
                var read = await _lease!.Input.ReadAsync();
                outbound.PeerSaw(read.Buffer);
                _lease.Input.AdvanceTo(read.Buffer.End);
                if (!read.IsCompleted) continue;
                SawEnd = true;
                return;
            }
        }
        catch (SocketFailedException gone)
        {
            Failure ??= gone.Result;
        }
    }
}
