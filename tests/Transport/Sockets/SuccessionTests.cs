using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using Handoff.Transport.Engine;
using Handoff.Transport.Memory;
using Handoff.Transport.Sockets;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Sockets;

// A socket goes from one connection to the next in this process.
public sealed class SuccessionTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IStreamSocket _peer;
    private readonly SocketConnection _first;
    private readonly SocketLease _lease;

    public SuccessionTests()
    {
        (var near, _peer) = new MemoryNetwork(PipeScheduler.ThreadPool, bufferSize: 8).Pair();
        _first = new SocketConnection(near, new ConnectionOptions(PipeScheduler.ThreadPool, PipeScheduler.Inline));
        _first.Start();
        _lease = _first.Lease(1);
    }

    public void Dispose() => _peer.Dispose();

    [Fact]
    public async Task What_was_accepted_is_sent_first_and_what_was_not_consumed_is_left_over()
    {
        await SendAsync("consumed, left");
        var read = await _lease.Input.ReadAtLeastAsync(14).AsTask().WaitAsync(Patience);
        _lease.Input.AdvanceTo(read.Buffer.GetPosition(10));
        await _lease.Output.WriteAsync("more than there is room for"u8.ToArray());
        var succession = Succeed();
        Assert.Equal(("left", 14L, 27L), (
            Encoding.ASCII.GetString(succession.Unread.Span), succession.Consumed, succession.Written));
        Assert.False(succession.Sent.IsCompleted);
        Assert.Equal("more than there is room for", await ReceiveAsync(27));
        Assert.Equal(ResultCode.EESUCCESS, await succession.Sent.WaitAsync(Patience));

        // A wait was under way, and ends with what the peer says next.
        Assert.False(succession.Received.IsCompleted);
        await SendAsync("next");
        var rest = await succession.Received.WaitAsync(Patience);
        Assert.Equal(("next", false, ResultCode.EESUCCESS), (
            Encoding.ASCII.GetString(rest.Bytes.Span), rest.IsFinished, rest.Code));
        Assert.True((await _first.Completion.WaitAsync(Patience)).IsSuccess);

        // The socket is the next one's.
        Assert.Equal(IoResult.Moved(2), await succession.Socket.SendAsync("on"u8.ToArray()));
        Assert.Equal("on", await ReceiveAsync(2));
    }

    [Fact]
    public async Task Whoever_had_a_lease_has_none_and_nobody_is_told_of_an_end()
    {
        var listener = new Listener();
        _first.Listener = listener;
        var pending = _lease.Input.ReadAsync().AsTask();
        var succession = Succeed();
        var gone = await Assert.ThrowsAsync<SocketFailedException>(() => pending.WaitAsync(Patience));
        Assert.Equal(ResultCode.EESECURITY, gone.Code);
        Assert.Equal(ResultCode.EEBADF, _first.Offer(ReadOnlySequence<byte>.Empty).Code);
        Assert.Equal(ResultCode.EEBADF, _first.Succeed().Result.Code);
        succession.Socket.StopWaiting();
        await succession.Received.WaitAsync(Patience);
        await _first.Finished.WaitAsync(Patience);
        Assert.False(listener.IsTold);
    }

    [Fact]
    public async Task The_peers_fin_is_behind_what_is_left_over()
    {
        var succession = Succeed();
        _peer.ShutdownSend();
        var rest = await succession.Received.WaitAsync(Patience);
        Assert.Equal((true, ResultCode.EESUCCESS), (rest.IsFinished, rest.Code));
    }

    [Fact]
    public async Task A_reset_is_told_to_the_next_one_both_ways()
    {
        await _lease.Output.WriteAsync(new byte[100]);
        var succession = Succeed();
        _peer.Abort();
        Assert.Equal(ResultCode.EERESET, await succession.Sent.WaitAsync(Patience));
        Assert.Equal(ResultCode.EERESET, (await succession.Received.WaitAsync(Patience)).Code);
    }

    [Fact]
    public async Task What_is_in_use_or_has_ended_on_one_side_is_refused_without_an_effect()
    {
        await SendAsync("open");
        var read = await _lease.Input.ReadAtLeastAsync(4).AsTask().WaitAsync(Patience);
        Assert.Equal(ResultCode.EEBUSY, _first.Succeed().Result.Code);
        _lease.Input.AdvanceTo(read.Buffer.Start);
        _lease.Output.GetSpan(1)[0] = 1;
        _lease.Output.Advance(1);
        Assert.Equal(ResultCode.EEBUSY, _first.Succeed().Result.Code);
        await _lease.Output.FlushAsync();
        Assert.True(_first.Offer(ReadOnlySequence<byte>.Empty).IsSuccess);
        Assert.Equal(ResultCode.EEALREADY, _first.Succeed().Result.Code);
        _first.Resume();
        Assert.Equal("open", Encoding.ASCII.GetString((await _lease.Input.ReadAsync()).Buffer.ToArray()));
        _lease.Input.AdvanceTo(default);
        Assert.True(_lease.Shutdown(SocketShutdown.Receive).IsSuccess);
        Assert.Equal(ResultCode.EENOTCONN, _first.Succeed().Result.Code);
    }

    [Fact]
    public async Task A_pump_that_throws_leaves_the_next_one_without_hope_and_not_waiting()
    {
        var wait = new TaskCompletionSource<IoResult>();
        var socket = new ScriptedSocket
        {
            WaitReadable = () => new(wait.Task),
            Receive = _ => throw new InvalidOperationException("a defect"),
        };
        var connection = new SocketConnection(
            socket, new ConnectionOptions(PipeScheduler.ThreadPool, PipeScheduler.Inline));
        connection.Start();
        connection.Lease(1);
        var (succession, _) = connection.Succeed();
        wait.SetResult(IoResult.Moved(0));
        Assert.Equal(ResultCode.EEABORTED, (await succession!.Received.WaitAsync(Patience)).Code);
        Assert.Equal(1, socket.Aborts);
    }

    private Succession Succeed()
    {
        var (succession, result) = _first.Succeed();
        Assert.True(result.IsSuccess, result.ToString());
        return succession!;
    }

    private async Task SendAsync(string text)
    {
        ReadOnlyMemory<byte> bytes = Encoding.ASCII.GetBytes(text);
        while (!bytes.IsEmpty) bytes = bytes[(await _peer.SendAsync(bytes).AsTask().WaitAsync(Patience)).Bytes..];
    }

    private async Task<string> ReceiveAsync(int count)
    {
        var bytes = new byte[count];
        for (var have = 0; have < count;)
        {
            var received = await _peer.ReceiveAsync(bytes.AsMemory(have)).AsTask().WaitAsync(Patience);
            Assert.True(received.Bytes > 0, $"it ended after {have} bytes");
            have += received.Bytes;
        }

        return Encoding.ASCII.GetString(bytes);
    }

    private sealed class Listener : IEndListener
    {
        public bool IsTold { get; private set; }

        public void OnFinished(SocketResult result) => IsTold = true;
    }
}
