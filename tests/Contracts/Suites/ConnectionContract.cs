using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Xunit.Abstractions;
using static Handoff.Contracts.Tests.Setup.Reading;

namespace Handoff.Contracts.Tests.Suites;

public abstract class ConnectionContract(TransportKind kind, ITestOutputHelper output) : Suite(kind, output)
{
    [Fact]
    public async Task Bytes_go_both_ways_and_both_ends_know_both_addresses()
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync("ping"u8.ToArray()).Soon();
        Assert.Equal("ping"u8.ToArray(), await pair.Far.Input.Take(4));
        await pair.Far.Output.WriteAsync("pong"u8.ToArray()).Soon();
        Assert.Equal("pong"u8.ToArray(), await pair.Near.Input.Take(4));

        Assert.Equal(pair.Client.LocalEndPoint, pair.Server.RemoteEndPoint);
        Assert.Equal(pair.Client.RemoteEndPoint, pair.Server.LocalEndPoint);

        // The answer may be here before who sent has counted.
        await Patience.Until(() => pair.Client.Status is { BytesSent: 4, Unsent: 0 });
        Assert.Equal((4, 4, 0, 0), (
            pair.Client.Status.BytesReceived, pair.Client.Status.BytesSent,
            pair.Client.Status.Unread, pair.Client.Status.Unsent));
    }

    [Fact]
    public async Task Many_sizes_of_writes_arrive_whole_and_in_order()
    {
        var random = Seeded();
        var pair = await Connected();
        var sent = Bytes(random, 3_000_000);
        var writing = Task.Run(async () =>
        {
            for (var left = sent.AsMemory(); !left.IsEmpty;)
            {
                var piece = left[..Math.Min(left.Length, random.Next(1, 50_000))];
                left = left[piece.Length..];
                await pair.Near.Output.WriteAsync(piece);
            }

            await pair.Near.Output.CompleteAsync();
        });
        Assert.Equal(sent, await pair.Far.Input.TakeAll());
        await writing.Soon();
    }

    [Fact]
    public async Task A_place_where_nobody_listens_refuses()
    {
        var listener = Listen();
        listener.Dispose();
        var connected = await Kind.Create(Options)
            .ConnectAsync(listener.LocalEndPoint, TimeSpan.FromSeconds(30), CancellationToken.None).Soon();
        Assert.Equal(ResultCode.EECONNREFUSED, connected.Result.Code);
        Assert.Contains(listener.LocalEndPoint.ToString()!, connected.Result.Reason, StringComparison.Ordinal);
        Assert.Null(connected.Connection);
    }

    [Fact]
    public async Task A_connect_that_nobody_accepts_ends_with_its_time_out()
    {
        var listener = Listen(backlog: 1);
        var code = ResultCode.EESUCCESS;
        for (var i = 0; i < 8 && code is ResultCode.EESUCCESS; i++)
        {
            var (connection, result) = await Kind.Create(Options).ConnectAsync(
                listener.LocalEndPoint, TimeSpan.FromMilliseconds(300), CancellationToken.None).Soon();
            if (connection is not null) Owned(connection);
            code = result.Code;
        }

        Assert.Equal(ResultCode.EETIMEDOUT, code);
    }

    [Fact]
    public async Task A_cancelled_connect_is_a_code()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var connected = await Kind.Create(Options)
            .ConnectAsync(Listen().LocalEndPoint, TimeSpan.FromSeconds(30), cancelled.Token).Soon();
        Assert.Equal(ResultCode.EEINTR, connected.Result.Code);
    }

    [Fact]
    public async Task An_address_of_another_kind_is_refused()
    {
        var transport = Kind.Create(Options);
        Assert.Equal(ResultCode.EEBADADDR, transport.Listen(Kind.WrongPlace, 1).Result.Code);
        var connected = await transport
            .ConnectAsync(Kind.WrongPlace, TimeSpan.FromSeconds(30), CancellationToken.None).Soon();
        Assert.Equal(ResultCode.EEBADADDR, connected.Result.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_half_closes_gets_its_whole_reply(bool isClient)
    {
        var pair = await Connected();
        var (asking, answering) = isClient ? (pair.Near, pair.Far) : (pair.Far, pair.Near);
        var reply = Bytes(Seeded(), 1_000_000);

        await asking.Output.WriteAsync("give"u8.ToArray()).Soon();
        await asking.Output.CompleteAsync();
        Assert.Equal("give"u8.ToArray(), await answering.Input.TakeAll());
        var writing = Task.Run(async () =>
        {
            await answering.Output.WriteAsync(reply);
            await answering.Output.CompleteAsync();
        });

        Assert.Equal(reply, await asking.Input.TakeAll());
        await writing.Soon();
        Assert.Equal(SocketResult.Success, await pair.Client.Completion.Soon());
        Assert.Equal(SocketResult.Success, await pair.Server.Completion.Soon());
        Assert.True(pair.Server.Status is { InputEnded: true, OutputEnded: true });
    }

    [Fact]
    public async Task After_both_ends_were_consumed_nothing_but_the_end_is_read()
    {
        var pair = await Connected();
        await pair.Near.Output.CompleteAsync();
        await pair.Far.Output.CompleteAsync();
        Assert.Empty(await pair.Far.Input.TakeAll());
        Assert.Empty(await pair.Near.Input.TakeAll());
        await pair.Server.Completion.Soon();
        Assert.Empty(await pair.Far.Input.TakeAll());
        Assert.Equal(ResultCode.EENOTCONN, await CodeOf(() => pair.Far.Output.FlushAsync().AsTask()));
    }

    [Fact]
    public async Task The_end_waits_for_the_owner_to_consume_what_came_before_it()
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync("last"u8.ToArray()).Soon();
        await pair.Near.Output.CompleteAsync();
        await pair.Far.Output.CompleteAsync();
        await Patience.Until(() => pair.Server.Status.InputEnded);
        Assert.True(await pair.Server.Completion.IsStuck());

        Assert.Equal("last"u8.ToArray(), await pair.Far.Input.TakeAll());
        Assert.Equal(SocketResult.Success, await pair.Server.Completion.Soon());
    }

    [Fact]
    public async Task An_owner_that_completed_both_pipes_has_closed()
    {
        var pair = await Connected();
        await pair.Far.Output.WriteAsync("bye"u8.ToArray()).Soon();
        await pair.Far.Output.CompleteAsync();
        await pair.Far.Input.CompleteAsync();
        Assert.Equal("bye"u8.ToArray(), await pair.Near.Input.TakeAll());
        pair.Client.Close();
        Assert.Equal(SocketResult.Success, await pair.Server.Completion.Soon());
        Assert.Equal(SocketResult.Success, await pair.Client.Completion.Soon());
    }

    [Fact]
    public async Task Nothing_is_read_before_the_start_and_what_was_written_waits_for_it()
    {
        var listener = Listen();
        var client = await ConnectTo(listener);
        var server = Owned((await listener.AcceptAsync().Soon()).Connection);
        await client.Lease(1).Output.WriteAsync("early"u8.ToArray()).Soon();
        Assert.Equal(5, client.Status.Unsent);
        client.Start();
        client.Start();
        await Patience.Until(() => client.Status.BytesSent == 5);
        Assert.Equal(0, server.Status.BytesReceived);
        server.Start();
        Assert.Equal("early"u8.ToArray(), await server.Lease(1).Input.Take(5));
    }
}
