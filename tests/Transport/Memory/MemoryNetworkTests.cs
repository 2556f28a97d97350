using System.Buffers;
using System.IO.Pipelines;
using Handoff.Transport.Engine;
using Handoff.Transport.Memory;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Memory;

public sealed class MemoryNetworkTests
{
    private readonly Turns _turns = new();
    private readonly IStreamSocket _near;
    private readonly IStreamSocket _far;

    public MemoryNetworkTests() => (_near, _far) = new MemoryNetwork(_turns, bufferSize: 10).Pair();

    [Fact]
    public void A_direction_holds_no_more_than_its_buffer()
    {
        Assert.Equal(IoResult.Moved(10), Now(_near.SendAsync(new byte[25])));
        var rest = _near.SendAsync(new byte[15]).AsTask();
        _turns.RunAll();
        Assert.False(rest.IsCompleted);
        Assert.Equal(IoResult.Moved(4), Now(_far.ReceiveAsync(new byte[4])));
        Assert.Equal(IoResult.Moved(4), Now(rest));
    }

    [Fact]
    public void Bytes_wrap_around_in_their_order()
    {
        var random = new Random(7);
        var (sent, received) = (new List<byte>(), new List<byte>());
        while (received.Count < 5000)
        {
            var piece = new byte[random.Next(1, 8)];
            random.NextBytes(piece);
            if (sent.Count - received.Count < 10)
                sent.AddRange(piece.AsSpan(0, Now(_near.SendAsync(piece)).Bytes));
            var buffer = new byte[random.Next(1, 8)];
            if (sent.Count > received.Count)
                received.AddRange(buffer.AsSpan(0, Now(_far.ReceiveAsync(buffer)).Bytes));
        }

        Assert.Equal(sent[..received.Count], received);
    }

    [Fact]
    public void A_gathered_send_is_one()
    {
        var bytes = new ReadOnlySequence<byte>("gather"u8.ToArray());
        Assert.Equal(IoResult.Moved(6), Now(_near.SendAsync(bytes)));
        var buffer = new byte[10];
        Assert.Equal(IoResult.Moved(6), Now(_far.ReceiveAsync(buffer)));
        Assert.Equal("gather"u8.ToArray(), buffer[..6]);
    }

    [Fact]
    public void A_wait_ends_with_bytes_and_takes_none()
    {
        var wait = _far.WaitReadableAsync().AsTask();
        Assert.False(wait.IsCompleted);
        Now(_near.SendAsync(new byte[3]));
        Assert.Equal(IoResult.Moved(0), Now(wait));
        Assert.Equal(IoResult.Moved(3), Now(_far.ReceiveAsync(new byte[5])));
    }

    [Fact]
    public void A_wait_that_is_stopped_is_a_code_for_good_and_loses_no_byte()
    {
        var wait = _far.WaitReadableAsync().AsTask();
        _far.StopWaiting();
        Assert.Equal(IoResult.Failed(ResultCode.EEINTR), Now(wait));
        Assert.Equal(IoResult.Failed(ResultCode.EEINTR), Now(_far.WaitReadableAsync()));
        Now(_near.SendAsync(new byte[3]));
        Assert.Equal(IoResult.Moved(3), Now(_far.ReceiveAsync(new byte[5])));
    }

    [Fact]
    public void The_fin_is_received_after_the_bytes_and_the_other_direction_goes_on()
    {
        Now(_near.SendAsync(new byte[3]));
        Assert.Equal(ResultCode.EESUCCESS, _near.ShutdownSend());
        Assert.Equal(IoResult.Moved(3), Now(_far.ReceiveAsync(new byte[5])));
        Assert.Equal(IoResult.Moved(0), Now(_far.ReceiveAsync(new byte[5])));
        Assert.Equal(IoResult.Moved(2), Now(_far.SendAsync(new byte[2])));
        Assert.Equal(IoResult.Moved(2), Now(_near.ReceiveAsync(new byte[5])));
    }

    [Fact]
    public void An_abort_is_received_after_the_bytes_and_fails_everything_that_is_pending()
    {
        Now(_near.SendAsync(new byte[10]));
        Now(_far.SendAsync(new byte[10]));
        var (ownSend, peerSend) = (_near.SendAsync(new byte[1]).AsTask(), _far.SendAsync(new byte[1]).AsTask());
        _near.Abort();
        _near.Abort();
        _near.Dispose();
        Assert.Equal(IoResult.Failed(ResultCode.EEBADF), Now(ownSend));
        Assert.Equal(IoResult.Failed(ResultCode.EERESET), Now(peerSend));
        Assert.Equal(IoResult.Failed(ResultCode.EEBADF), Now(_near.ReceiveAsync(new byte[1])));
        Assert.Equal(ResultCode.EEBADF, _near.ShutdownSend());
        Assert.Equal(IoResult.Moved(10), Now(_far.ReceiveAsync(new byte[20])));
        Assert.Equal(IoResult.Failed(ResultCode.EERESET), Now(_far.ReceiveAsync(new byte[20])));
        Assert.Equal(ResultCode.EERESET, _far.ShutdownSend());
    }

    [Fact]
    public void Closing_is_a_fin_and_with_unread_bytes_a_reset_as_it_is_in_TCP()
    {
        var pending = _far.ReceiveAsync(new byte[1]).AsTask();
        _near.Dispose();
        Assert.Equal(IoResult.Moved(0), Now(pending));
        Assert.Equal(ResultCode.EESUCCESS, _far.ShutdownSend());
        Assert.Equal(IoResult.Failed(ResultCode.EERESET), Now(_far.SendAsync(new byte[1])));

        var (near, far) = new MemoryNetwork(_turns).Pair();
        Now(far.SendAsync(new byte[1]));
        near.Dispose();
        Assert.Equal(IoResult.Failed(ResultCode.EERESET), Now(far.ReceiveAsync(new byte[1])));
    }

    [Fact]
    public void A_network_of_ends_that_resume_each_other_inline_is_refused()
        => Assert.Throws<ArgumentException>(() => new MemoryNetwork(PipeScheduler.Inline));

    private IoResult Now(ValueTask<IoResult> result) => Now(result.AsTask());

    private IoResult Now(Task<IoResult> result)
    {
        _turns.RunAll();
        Assert.True(result.IsCompletedSuccessfully, "it waits");
        return result.Result;
    }
}
