using Handoff.Transport.Engine;
using Handoff.Transport.Sockets.Messages;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Sockets.Messages;

public sealed class MessageReceiveTests
{
    private readonly Turns _turns = new();

    [Fact]
    public void A_failure_that_never_passes_ends_the_socket_with_its_code()
    {
        var tries = 0;
        var socket = Started(new ScriptedDatagrams
        {
            Receive = () =>
            {
                tries++;
                return DatagramResult.Failed(ResultCode.EERECV);
            },
        });
        _turns.RunAll();
        Assert.Equal(ResultCode.EERECV, socket.Completion.Now().Code);
        Assert.InRange(tries, 2, 50);
        var lease = socket.Lease(1);
        Assert.True(lease.TryRead(out var told));
        Assert.Equal((MessageKind.Failure, ResultCode.EERECV), (told.Kind, told.Code));
        lease.Consume();
        Assert.True(lease.TryRead(out var end));
        Assert.Equal((MessageKind.End, ResultCode.EERECV), (end.Kind, end.Code));
        _turns.RunAll();
        Assert.True(socket.Finished.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_reset_connection_is_read_to_its_end_and_then_tells_the_reset()
    {
        var script = new Queue<DatagramResult>(
        [
            Message(), DatagramResult.Failed(ResultCode.EERESET), Message(), DatagramResult.End,
        ]);
        var socket = Started(new ScriptedDatagrams(isConnected: true) { HasEnd = true, Receive = script.Dequeue });
        _turns.RunAll();
        Assert.Equal(ResultCode.EERESET, socket.Completion.Now().Code);
        Assert.False(socket.Finished.IsCompleted);
        var lease = socket.Lease(1);
        for (var i = 0; i < 2; i++)
        {
            Assert.True(lease.TryRead(out var message));
            Assert.Equal(MessageKind.Data, message.Kind);
            lease.Consume();
        }

        Assert.True(lease.TryRead(out var end));
        Assert.Equal((MessageKind.End, ResultCode.EERESET), (end.Kind, end.Code));
        _turns.RunAll();
        Assert.True(socket.Finished.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_connection_that_ended_is_told_so_to_every_owner_and_still_sends()
    {
        var script = new Queue<DatagramResult>([Message(), DatagramResult.End]);
        var scripted = new ScriptedDatagrams(isConnected: true) { HasEnd = true, Receive = script.Dequeue };
        var socket = Started(scripted);
        var first = socket.Lease(1);
        Assert.True(first.TryRead(out var message) && message.IsOpen);
        first.Consume();
        for (var epoch = 2; epoch < 4; epoch++)
        {
            var lease = socket.Lease(epoch);
            Assert.True(lease.TryRead(out var end));
            Assert.Equal((MessageKind.End, ResultCode.EESUCCESS), (end.Kind, end.Code));
            Assert.True(lease.SendAsync(new byte[1]).Now().IsSuccess);
        }

        Assert.False(socket.Completion.IsCompleted);
        socket.Close();
        _turns.RunAll();
        Assert.Equal(SocketResult.Success, socket.Completion.Now());
    }

    [Fact]
    public void A_defect_of_a_loop_ends_the_socket_and_is_heard_of()
    {
        var socket = Started(new ScriptedDatagrams { Receive = () => throw new InvalidOperationException("defect") });
        _turns.RunAll();
        Assert.Equal("defect", socket.Completion.Exception!.InnerException!.Message);
        Assert.True(socket.Finished.IsFaulted);
    }

    private static DatagramResult Message() =>
        new(1, ScriptedDatagrams.Somewhere, DatagramMarks.None, ResultCode.EESUCCESS);

    private MessageSocket Started(ScriptedDatagrams scripted)
    {
        var socket = new MessageSocket(scripted, new MessageOptions(_turns, _turns));
        socket.Start();
        return socket;
    }
}
