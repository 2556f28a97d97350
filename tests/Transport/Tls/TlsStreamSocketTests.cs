using System.Buffers;
using Handoff.Transport.Engine;
using Handoff.Transport.Tls;

namespace Handoff.Transport.Tests.Tls;

public sealed class TlsStreamSocketTests
{
    [Fact]
    public async Task Until_the_handshake_is_decided_calls_wait_and_then_go_on()
    {
        using var pair = new TlsPair();
        var send = pair.Near.SendAsync("early"u8.ToArray()).AsTask();
        var wait = pair.Far.WaitReadableAsync().AsTask();
        Assert.False(send.IsCompleted || wait.IsCompleted);
        await pair.OpenAsync();
        Assert.Equal(IoResult.Moved(5), await send.WaitAsync(TlsPair.Patience));
        Assert.True((await wait.WaitAsync(TlsPair.Patience)).IsSuccess);
        var buffer = new byte[16];
        Assert.Equal(IoResult.Moved(5), await Soon(pair.Far.ReceiveAsync(buffer)));
        Assert.Equal("early"u8.ToArray(), buffer[..5]);
    }

    [Fact]
    public async Task A_wait_holds_no_buffer_and_takes_nothing()
    {
        using var pair = new TlsPair();
        await pair.OpenAsync();
        await Soon(pair.Near.SendAsync("two records"u8.ToArray()));
        Assert.True((await Soon(pair.Far.WaitReadableAsync())).IsSuccess);
        Assert.True((await Soon(pair.Far.WaitReadableAsync())).IsSuccess);
        var buffer = new byte[3];
        Assert.Equal(IoResult.Moved(3), await Soon(pair.Far.ReceiveAsync(buffer)));

        // What is decrypted already is readable, too, though nothing is on its way.
        Assert.True((await Soon(pair.Far.WaitReadableAsync())).IsSuccess);
        Assert.Equal(IoResult.Moved(8), await Soon(pair.Far.ReceiveAsync(new byte[16])));
        await Assert.ThrowsAsync<ArgumentException>(() => pair.Far.ReceiveAsync(Memory<byte>.Empty).AsTask());
    }

    [Fact]
    public async Task Many_pieces_are_sent_as_one_and_no_more_than_a_record_at_once()
    {
        using var pair = new TlsPair();
        await pair.OpenAsync();
        var bytes = new byte[20_000];
        Random.Shared.NextBytes(bytes);
        var pieces = Pieces(bytes, 1000);
        var sent = await Soon(pair.Near.SendAsync(pieces));
        Assert.Equal(IoResult.Moved(16 * 1024), sent);
        Assert.Equal(IoResult.Moved(20_000 - sent.Bytes), await Soon(pair.Near.SendAsync(pieces.Slice(sent.Bytes))));
        var received = new byte[20_000];
        for (var have = 0; have < received.Length;)
            have += (await Soon(pair.Far.ReceiveAsync(received.AsMemory(have)))).Bytes;
        Assert.Equal(bytes, received);
    }

    [Fact]
    public async Task A_handshake_that_failed_leaves_nothing_to_send_and_nothing_to_read()
    {
        using var pair = new TlsPair();
        var failing = pair.Far.AuthenticateAsync(TlsSide.Of(TlsPair.AsServer), CancellationToken.None);
        var send = pair.Far.SendAsync("secret"u8.ToArray()).AsTask();
        await Soon(pair.NearRaw.SendAsync("no hello at all, but something else"u8.ToArray()));
        var (session, result) = await failing.WaitAsync(TlsPair.Patience);
        Assert.Equal((null, ResultCode.EETLS), (session, result.Code));
        pair.Far.Fail();
        Assert.Equal(IoResult.Moved(6), await send.WaitAsync(TlsPair.Patience));

        // What comes then is dropped and looks like nothing.
        await Soon(pair.NearRaw.SendAsync("more"u8.ToArray()));
        var buffer = "untouched"u8.ToArray();
        var received = await Soon(pair.Far.ReceiveAsync(buffer));
        Assert.True(received is { IsSuccess: true, Bytes: > 0 });
        Assert.All(buffer[..received.Bytes], each => Assert.Equal(0, each));
        Assert.True((await Soon(pair.Far.ShutdownSendAsync())).IsSuccess);
        var said = new byte[1000];
        var length = 0;
        while (await Soon(pair.NearRaw.ReceiveAsync(said.AsMemory(length))) is { Bytes: > 0 } part)
            length += part.Bytes;
        Assert.Equal(-1, said.AsSpan(0, length).IndexOf("secret"u8));
        pair.NearRaw.ShutdownSend();
        while (received.Bytes > 0) received = await Soon(pair.Far.ReceiveAsync(buffer));
        Assert.Equal(IoResult.Moved(0), received);
    }

    [Fact]
    public async Task An_abort_ends_what_waits_for_the_handshake()
    {
        using var pair = new TlsPair();
        var handshake = pair.Far.AuthenticateAsync(TlsSide.Of(TlsPair.AsServer), CancellationToken.None);
        var calls = new[]
        {
            pair.Far.SendAsync(new byte[1]).AsTask(),
            pair.Far.ReceiveAsync(new byte[1]).AsTask(),
            pair.Far.ShutdownSendAsync().AsTask(),
        };
        pair.Far.Abort();
        foreach (var call in calls)
            Assert.Equal(ResultCode.EEBADF, (await call.WaitAsync(TlsPair.Patience)).Code);
        Assert.Equal(ResultCode.EEBADF, (await handshake.WaitAsync(TlsPair.Patience)).Result.Code);
        pair.Far.Open();
        Assert.Equal(ResultCode.EEBADF, (await Soon(pair.Far.SendAsync(new byte[1]))).Code);
        Assert.Equal(
            ResultCode.EERESET, (await Soon(pair.NearRaw.ReceiveAsync(new byte[1]))).Code);
    }

    [Fact]
    public async Task A_stop_ends_a_wait_also_in_the_middle_of_a_record()
    {
        using var pair = new TlsPair();
        await pair.OpenAsync();
        await Soon(pair.NearRaw.SendAsync(new byte[] { 23, 3, 3, 0, 100, 1 }));
        var wait = pair.Far.WaitReadableAsync().AsTask();
        pair.Far.StopWaiting();
        Assert.Equal(ResultCode.EEINTR, (await wait.WaitAsync(TlsPair.Patience)).Code);
        Assert.Equal(ResultCode.EEINTR, (await Soon(pair.Far.WaitReadableAsync())).Code);
    }

    [Fact]
    public async Task The_end_of_this_side_waits_for_room_and_may_be_waited_for()
    {
        const int room = 4 * 1024, overhead = 5 + 1 + 16; // RFC 8446 section 5.2: header, type and tag
        using var pair = new TlsPair(room);
        await pair.OpenAsync();
        Assert.Equal(ResultCode.EEMODENOTSUPP, pair.Near.ShutdownSend());
        Assert.Equal(IoResult.Moved(room - overhead), await Soon(pair.Near.SendAsync(new byte[room - overhead])));
        var end = pair.Near.ShutdownSendAsync().AsTask();
        Assert.False(end.IsCompleted);
        for (var have = 0; have < room - overhead;)
            have += (await Soon(pair.Far.ReceiveAsync(new byte[room]))).Bytes;
        Assert.Equal(IoResult.Moved(0), await Soon(pair.Far.ReceiveAsync(new byte[1])));
        Assert.True((await end.WaitAsync(TlsPair.Patience)).IsSuccess);

        // The other way is open.
        Assert.Equal(IoResult.Moved(2), await Soon(pair.Far.SendAsync(new byte[2])));
        Assert.Equal(IoResult.Moved(2), await Soon(pair.Near.ReceiveAsync(new byte[4])));
    }

    // SslStream does not keep its end apart from what is read at the same time: OpenSSL then says that data came after
    // the end, or frees something twice.
    [Fact]
    public async Task An_end_that_is_sent_while_much_is_read_spoils_nothing()
    {
        for (var i = 0; i < 100; i++)
        {
            using var pair = new TlsPair();
            await pair.OpenAsync();
            var sent = new byte[200_000];
            Random.Shared.NextBytes(sent);
            var sending = Task.Run(async () =>
            {
                for (var have = 0; have < sent.Length; have += 100)
                    Assert.Equal(IoResult.Moved(100), await pair.Far.SendAsync(sent.AsMemory(have, 100)));
                return await pair.Far.ShutdownSendAsync();
            });
            var received = new ArrayBufferWriter<byte>();
            var receiving = Task.Run(async () =>
            {
                while (await pair.Near.ReceiveAsync(received.GetMemory(20_000)) is { Bytes: > 0 } result)
                    received.Advance(result.Bytes);
            });
            while (received.WrittenCount < i * 1000) await Task.Yield();
            Assert.True((await Soon(pair.Near.ShutdownSendAsync())).IsSuccess);
            Assert.Equal(IoResult.Moved(0), await Soon(pair.Far.ReceiveAsync(new byte[1])));
            Assert.True((await sending.WaitAsync(TlsPair.Patience)).IsSuccess);
            await receiving.WaitAsync(TlsPair.Patience);
            Assert.Equal(sent, received.WrittenSpan.ToArray());
        }
    }

    [Fact]
    public async Task A_fin_without_the_end_of_TLS_is_a_truncation_for_good()
    {
        using var pair = new TlsPair();
        await pair.OpenAsync();
        await Soon(pair.Near.SendAsync("last"u8.ToArray()));
        pair.NearRaw.ShutdownSend();
        Assert.Equal(IoResult.Moved(4), await Soon(pair.Far.ReceiveAsync(new byte[16])));
        Assert.Equal(ResultCode.EETRUNCATED, (await Soon(pair.Far.ReceiveAsync(new byte[16]))).Code);
        Assert.Equal(ResultCode.EETRUNCATED, (await Soon(pair.Far.ReceiveAsync(new byte[16]))).Code);
    }

    private static Task<IoResult> Soon(ValueTask<IoResult> call) => call.AsTask().WaitAsync(TlsPair.Patience);

    private static ReadOnlySequence<byte> Pieces(byte[] bytes, int size)
    {
        Piece? first = null, last = null;
        foreach (var chunk in bytes.Chunk(size))
        {
            last = new Piece(chunk, last);
            first ??= last;
        }

        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] bytes, Piece? before)
        {
            Memory = bytes;
            if (before is null) return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}
