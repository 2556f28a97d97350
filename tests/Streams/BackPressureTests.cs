using System.Security.Cryptography;
using Akka.Streams;
using Akka.Streams.Dsl;
using Handoff.Messages;
using Xunit.Abstractions;
using Keep = Akka.Streams.Dsl.Keep;

namespace Handoff.Streams.Tests;

public sealed class BackPressureTests(ITestOutputHelper output)
    : StreamTestKit(output, "handoff { streams.max-chunk = 1000, io { receive-buffer = 4000, send-buffer = 4000 } }")
{
    [Fact]
    public async Task For_each_element_that_is_asked_for_one_chunk_is_read_and_no_more()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket);
        var sent = RandomNumberGenerator.GetBytes(3500);
        await peer.SendAsync(sent);
        await AwaitAssertAsync(async () => Assert.Equal(3500, await UnreadAsync(socket)), Patience);
        Assert.Equal(sent[..1000], (await NextAsync(stream.Output)).ToArray());
        Assert.Equal(2500, await UnreadAsync(socket));
        Assert.Equal(sent[1000..2000], (await NextAsync(stream.Output)).ToArray());
        Assert.Equal(1500, await UnreadAsync(socket));
    }

    [Fact]
    public async Task A_peer_is_held_back_while_nothing_is_asked_for_and_nothing_is_lost()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket);
        var sent = RandomNumberGenerator.GetBytes(20_000_000);
        var sending = peer.SendAsync(sent);
        await AwaitAssertAsync(async () => Assert.InRange(await UnreadAsync(socket), 4000, 32 * 1024), Patience);
        Assert.False(sending.IsCompleted);
        using var received = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var left = sent.Length; left > 0;)
        {
            var chunk = await NextAsync(stream.Output);
            Assert.InRange(chunk.Length, 1, 1000);
            received.AppendData(chunk.Span);
            left -= chunk.Length;
        }

        await sending.WaitAsync(Patience);
        Assert.Equal(SHA256.HashData(sent), received.GetHashAndReset());
    }

    [Fact]
    public async Task A_peer_that_does_not_read_holds_the_stream_back_and_gets_everything_when_it_does()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        peer.Socket.ReceiveBufferSize = 64 * 1024;
        const int Chunks = 100;
        var chunk = RandomNumberGenerator.GetBytes(100_000);
        var taken = 0;
        var (detach, __) = Source.From(Enumerable.Range(0, Chunks))
            .Select(_ =>
            {
                Interlocked.Increment(ref taken);
                return (ReadOnlyMemory<byte>)chunk;
            })
            .ViaMaterialized(socket.Flow(), Keep.Right)
            .ToMaterialized(Sink.Ignore<ReadOnlyMemory<byte>>(), Keep.Both)
            .Run(Materializer);
        var before = -1;
        await AwaitAssertAsync(
            () => Assert.Equal(before, before = Volatile.Read(ref taken)), Patience, TimeSpan.FromMilliseconds(200));
        Assert.InRange(before, 1, Chunks - 1);
        using var expected = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < Chunks; i++) expected.AppendData(chunk);
        Assert.Equal(expected.GetHashAndReset(), SHA256.HashData(await peer.ReceiveToEndAsync()));
        Assert.Equal(Chunks, taken);
        peer.Dispose();
        Assert.Null(await detach.Left.WaitAsync(Patience));
    }

    private async Task<long> UnreadAsync(IncomingSocket socket)
    {
        var page = await Handoff.StatusAsync();
        return page.Sockets.Single(status => status.Facts.Id == socket.Facts.Id).Facts.Unread;
    }
}
