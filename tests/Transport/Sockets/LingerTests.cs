using System.IO.Pipelines;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Sockets;

/// <summary>A peer that sends for ever to a connection that is closed.</summary>
public sealed class LingerTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(999, 10)]
    [InlineData(1000, 10)]
    [InlineData(1001, 11)]
    public async Task No_more_is_read_and_dropped_than_the_bound_in_bytes(int bound, int receives)
    {
        var received = 0;
        var shut = new TaskCompletionSource<IoResult>();
        var socket = new ScriptedSocket
        {
            WaitReadable = () => received == 0 ? new(shut.Task) : new(IoResult.Moved(0)),
            Receive = _ =>
            {
                Assert.True(++received < 100, "it never stops");
                return new(IoResult.Moved(100));
            },
        };
        var connection = new SocketConnection(
            socket,
            new ConnectionOptions(PipeScheduler.ThreadPool, PipeScheduler.Inline)
            {
                LingerBytes = bound,
                Linger = TimeSpan.FromDays(1),
            });
        await Inline(connection.Start);
        connection.Close();

        // The wait was under way when the FIN went out, and what it brings is read.
        await Inline(() => shut.SetResult(IoResult.Moved(0)));
        Assert.Equal(Math.Max(1, receives), received);
        Assert.False(connection.Completion.IsCompleted);
        connection.Abort(SocketResult.Of(ResultCode.EEABORTED));
        await connection.Completion.WaitAsync(TimeSpan.FromSeconds(60));
    }

    // The runner's own context would have what follows run later.
    private static Task Inline(Action step) => Task.Run(step);
}
