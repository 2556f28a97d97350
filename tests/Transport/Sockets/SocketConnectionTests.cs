using System.IO.Pipelines;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Sockets;

public sealed class SocketConnectionTests
{
    private static readonly ConnectionOptions Options = new(PipeScheduler.ThreadPool, PipeScheduler.Inline);

    [Theory]
    [InlineData(ResultCode.EERECV)]
    [InlineData(ResultCode.EETIMEDOUT)]
    [InlineData(ResultCode.EEUNREACH)]
    public async Task What_receiving_fails_with_is_what_the_owner_and_the_end_are_told(ResultCode code)
    {
        var socket = new ScriptedSocket { WaitReadable = () => new(IoResult.Failed(code)) };
        var connection = new SocketConnection(socket, Options);
        var lease = connection.Lease(1);
        var read = lease.Input.ReadAsync().AsTask();
        connection.Start();
        Assert.Equal(code, (await connection.Completion.WaitAsync(TimeSpan.FromSeconds(60))).Code);
        Assert.Equal(code, (await Assert.ThrowsAsync<SocketFailedException>(() => read)).Code);
        Assert.Equal(code, Assert.Throws<SocketFailedException>(() => lease.Output.GetMemory()).Code);
        Assert.Equal(1, socket.Disposals);
    }

    [Fact]
    public async Task What_sending_fails_with_is_told_and_an_end_after_it_is_no_good_end()
    {
        var readable = new TaskCompletionSource<IoResult>();
        var socket = new ScriptedSocket
        {
            Send = _ => new(IoResult.Failed(ResultCode.EESEND)),
            WaitReadable = () => new(readable.Task),
            Receive = _ => new(IoResult.Moved(0)),
        };
        var connection = new SocketConnection(socket, Options);
        var lease = connection.Lease(1);
        connection.Start();
        await lease.Output.WriteAsync(new byte[1]);
        Assert.Equal(ResultCode.EESEND, Assert.Throws<SocketFailedException>(() => lease.Output.GetMemory()).Code);

        // The system has told of the reset once, to the send: to the receive it shows an end.
        readable.SetResult(IoResult.Moved(0));
        Assert.Equal(ResultCode.EESEND, (await connection.Completion.WaitAsync(TimeSpan.FromSeconds(60))).Code);
        var read = await Assert.ThrowsAsync<SocketFailedException>(() => lease.Input.ReadAsync().AsTask());
        Assert.Equal(ResultCode.EESEND, read.Code);
    }

    [Fact]
    public async Task A_failed_shutdown_is_a_failed_send()
    {
        var socket = new ScriptedSocket { Shutdown = () => ResultCode.EERESET };
        var connection = new SocketConnection(socket, Options);
        connection.Start();
        connection.Close();
        Assert.Equal(ResultCode.EERESET, (await connection.Completion.WaitAsync(TimeSpan.FromSeconds(60))).Code);
    }

    [Fact]
    public async Task Sends_that_move_only_a_part_are_continued_in_order()
    {
        var sent = new List<byte>();
        var socket = new ScriptedSocket
        {
            Send = bytes =>
            {
                var part = bytes.Slice(0, Math.Min(bytes.Length, 7));
                foreach (var memory in part) sent.AddRange(memory.Span);
                return new(IoResult.Moved((int)part.Length));
            },
        };
        var connection = new SocketConnection(socket, Options with { Blocks = new BlockPool(256) });
        var lease = connection.Lease(1);
        connection.Start();
        var bytes = Enumerable.Range(0, 5000).Select(i => (byte)i).ToArray();
        await lease.Output.WriteAsync(bytes);
        Assert.Equal(bytes, sent);
        await connection.DisposeAsync();
    }

    [Fact]
    public async Task A_socket_that_throws_is_a_defect_and_is_not_taken_for_an_end()
    {
        var socket = new ScriptedSocket { WaitReadable = () => throw new InvalidOperationException("a defect") };
        var connection = new SocketConnection(socket, Options);
        connection.Start();
        var defect = await Assert.ThrowsAsync<InvalidOperationException>(
            () => connection.Completion.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal("a defect", defect.Message);
        Assert.Equal((1, 1), (socket.Aborts, socket.Disposals));
    }

    [Fact]
    public async Task The_descriptor_is_closed_after_both_pumps_have_ended_and_before_the_end_is_told()
    {
        var sending = new TaskCompletionSource<IoResult>();
        var socket = new ScriptedSocket { Send = _ => new(sending.Task) };
        var connection = new SocketConnection(socket, Options);
        connection.Start();
        await connection.Lease(1).Output.WriteAsync(new byte[1]);
        connection.Abort(SocketResult.Of(ResultCode.EEABORTED));
        Assert.Equal((1, 0, false), (socket.Aborts, socket.Disposals, connection.Completion.IsCompleted));
        sending.SetResult(IoResult.Failed(ResultCode.EEBADF));
        await connection.Completion.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(1, socket.Disposals);
    }
}
