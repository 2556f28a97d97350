using System.IO.Pipelines;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Sockets;

/// <summary>Each thing that keeps a connection from being offered, while none of the others does.</summary>
public sealed class OfferPinTests
{
    private const int Piece = 4 * 256;
    private readonly Turns _owners = new();
    private readonly ScriptedSocket _socket = new();
    private readonly SocketConnection _connection;
    private readonly SocketLease _lease;

    public OfferPinTests()
    {
        var options = new ConnectionOptions(_owners, PipeScheduler.Inline)
        {
            Blocks = new BlockPool(256),
            SendBuffer = Piece + 1,
        };
        _connection = new SocketConnection(_socket, options);
        _lease = _connection.Lease(1);
        _connection.Start();
    }

    [Fact]
    public async Task A_flush_that_waits_for_room()
    {
        var sending = new TaskCompletionSource<IoResult>();
        _socket.Send = _ => new(sending.Task);
        await _lease.Output.WriteAsync(new byte[Piece]);
        var flush = _lease.Output.WriteAsync(new byte[Piece]).AsTask();
        Assert.Equal((0L, 2L * Piece), (_lease.Output.UnflushedBytes, _lease.WrittenPosition));
        Assert.Equal(Busy("A flush is pending"), _connection.Offer(default));

        _socket.Send = bytes => new(IoResult.Moved((int)bytes.Length));
        await Inline(() => sending.SetResult(IoResult.Moved(Piece)));
        Assert.Equal(SocketResult.Success, _connection.Offer(default));
        _owners.RunAll();
        Assert.False((await flush).IsCanceled);
    }

    [Fact]
    public async Task Bytes_that_are_written_and_not_flushed()
    {
        _socket.Send = bytes => new(IoResult.Moved((int)bytes.Length));
        _lease.Output.GetSpan(3).Clear();
        _lease.Output.Advance(3);
        Assert.Equal(Busy("3 bytes are not flushed"), _connection.Offer(default));
        await _lease.Output.FlushAsync();
        Assert.Equal(SocketResult.Success, _connection.Offer(default));
    }

    [Fact]
    public async Task A_write_in_pieces_between_two_of_them()
    {
        var offers = new List<SocketResult>();
        _socket.Send = bytes =>
        {
            offers.Add(_connection.Offer(default));
            return new(IoResult.Moved((int)bytes.Length));
        };
        await _lease.Output.WriteAsync(new byte[3 * Piece]);
        Assert.Equal(Enumerable.Repeat(Busy("A write is pending"), 3), offers);
        Assert.Equal(SocketResult.Success, _connection.Offer(default));
    }

    [Fact]
    public async Task A_write_in_pieces_whose_flush_has_room_and_that_did_not_go_on_yet()
    {
        var sending = new TaskCompletionSource<IoResult>();
        _socket.Send = _ => new(sending.Task);
        var write = _lease.Output.WriteAsync(new byte[3 * Piece]).AsTask();
        Assert.Equal(Busy("A flush is pending"), _connection.Offer(default));

        _socket.Send = bytes => new(IoResult.Moved((int)bytes.Length));
        await Inline(() => sending.SetResult(IoResult.Moved(Piece)));
        Assert.Equal((0L, 2L * Piece), (_connection.Status.Unsent, _lease.WrittenPosition));
        Assert.Equal(Busy("A write is pending"), _connection.Offer(default));
        _owners.RunAll();
        await write;
        Assert.Equal(3 * Piece, _lease.WrittenPosition);
        Assert.Equal(SocketResult.Success, _connection.Offer(default));
    }

    // The runner's own context would have what follows run later.
    private static Task Inline(Action step) => Task.Run(step);

    private static SocketResult Busy(string reason) => new(ResultCode.EEBUSY, reason);
}
