using System.IO.Pipelines;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Sockets;

/// <summary>A send has failed, and receiving goes on: what comes after it is no other cause of the end.</summary>
public sealed class FirstCauseTests
{
    private const ResultCode First = ResultCode.EETIMEDOUT;
    private readonly TaskCompletionSource<IoResult> _readable = new();
    private readonly ScriptedSocket _socket;
    private readonly SocketConnection _connection;
    private readonly SocketLease _lease;

    public FirstCauseTests()
    {
        _socket = new ScriptedSocket
        {
            Send = _ => new(IoResult.Failed(First)),
            WaitReadable = () => new(_readable.Task),
            Receive = _ => new(IoResult.Moved(0)),
        };
        var options = new ConnectionOptions(PipeScheduler.ThreadPool, PipeScheduler.Inline);
        _connection = new SocketConnection(_socket, options);
        _lease = _connection.Lease(1);
        _connection.Start();
    }

    [Fact]
    public async Task A_reset_after_it()
    {
        await FailToSend();
        _readable.SetResult(IoResult.Failed(ResultCode.EERESET));
        Assert.Equal(First, await End());
        Assert.Equal(First, Assert.Throws<SocketFailedException>(() => _lease.Output.GetMemory()).Code);
    }

    [Fact]
    public async Task A_reset_of_the_receive_itself_after_it()
    {
        await FailToSend();
        _socket.Receive = _ => new(IoResult.Failed(ResultCode.EERESET));
        _readable.SetResult(IoResult.Moved(0));
        Assert.Equal(First, await End());
    }

    [Fact]
    public async Task An_end_after_it_is_read_as_the_failure()
    {
        await FailToSend();
        var read = _lease.Input.ReadAsync().AsTask();
        _readable.SetResult(IoResult.Moved(0));
        Assert.Equal(First, (await Assert.ThrowsAsync<SocketFailedException>(() => read)).Code);
        Assert.Equal(First, await End());
    }

    [Fact]
    public async Task An_abort_after_it()
    {
        await FailToSend();
        var whim = new SocketResult(ResultCode.EEABORTED, "a whim");
        _connection.Abort(whim);
        _readable.SetResult(IoResult.Failed(ResultCode.EEBADF));
        Assert.Equal(First, await End());
        Assert.Equal(1, _socket.Aborts);
    }

    [Fact]
    public async Task A_close_after_it_ends_at_once()
    {
        await FailToSend();
        _connection.Close();
        Assert.Equal(1, _socket.Aborts);
        _readable.SetResult(IoResult.Failed(ResultCode.EEBADF));
        Assert.Equal(First, await End());
    }

    [Fact]
    public async Task A_failed_receive_before_it()
    {
        var sending = new TaskCompletionSource<IoResult>();
        _socket.Send = _ => new(sending.Task);
        await _lease.Output.WriteAsync(new byte[1]);
        _readable.SetResult(IoResult.Failed(ResultCode.EEUNREACH));
        var read = await Assert.ThrowsAsync<SocketFailedException>(() => _lease.Input.ReadAsync().AsTask());
        Assert.Equal(ResultCode.EEUNREACH, read.Code);
        sending.SetResult(IoResult.Failed(ResultCode.EERESET));
        Assert.Equal(ResultCode.EEUNREACH, await End());
        Assert.Equal(
            ResultCode.EEUNREACH, Assert.Throws<SocketFailedException>(() => _lease.Output.GetMemory()).Code);
    }

    private async Task FailToSend()
    {
        await _lease.Output.WriteAsync(new byte[1]);
        Assert.Equal(First, Assert.Throws<SocketFailedException>(() => _lease.Output.GetMemory()).Code);
        Assert.False(_connection.Completion.IsCompleted);
    }

    private async Task<ResultCode> End() =>
        (await _connection.Completion.WaitAsync(TimeSpan.FromSeconds(60))).Code;
}
