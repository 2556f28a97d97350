using System.Text;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.AcceptFilters;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

public abstract class AcceptFilterContract(TransportKind kind, ITestOutputHelper output) : Suite(kind, output)
{
    private const int MaxBytes = 16 * 1024;

    [Fact]
    public async Task A_connection_waits_in_its_filter_until_the_head_is_whole_and_its_bytes_wait_for_the_owner()
    {
        var (client, filtering, server) = await Filtered(AcceptFilter.HttpHead);
        var head = Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: here\r\n\r\n");
        foreach (var part in head.Chunk(7))
        {
            Assert.False(filtering.IsCompleted);
            await client.Output.WriteAsync(part).Soon();
        }

        Assert.Equal(FilterOutcome.Passed, await filtering.Soon());
        var body = "body"u8.ToArray();
        await client.Output.WriteAsync(body).Soon();
        var lease = server.Lease(1);
        byte[] sent = [.. head, .. body];
        Assert.Equal(sent, await lease.Input.Take(sent.Length));
        await lease.Output.WriteAsync("answer"u8.ToArray()).Soon();
        Assert.Equal("answer"u8.ToArray(), await client.Input.Take(6));
    }

    [Fact]
    public async Task A_stream_that_runs_on_through_the_filter_loses_no_byte()
    {
        var (client, filtering, server) = await Filtered(AcceptFilter.Line(MaxBytes));
        var bytes = Bytes(Seeded(), 3_000_000);
        bytes.AsSpan(0, MaxBytes - 1).Replace((byte)'\n', (byte)' ');
        bytes[MaxBytes - 1] = (byte)'\n';
        var writing = Task.Run(async () =>
        {
            await client.Output.WriteAsync(bytes);
            await client.Output.CompleteAsync();
        });
        Assert.Equal(FilterOutcome.Passed, await filtering.Soon());
        Assert.Equal(bytes, await server.Lease(1).Input.TakeAll());
        await writing.Soon();
    }

    [Fact]
    public async Task A_peer_that_finishes_is_answered_by_an_end()
    {
        var (client, filtering, server) = await Filtered(AcceptFilter.ClientHello);
        await client.Output.WriteAsync(new byte[] { 22, 3, 1, 0, 100, 1 }).Soon();
        await client.Output.CompleteAsync();
        Assert.Equal(FilterEnd.Finished, (await filtering.Soon()).End);
        Assert.Empty(await client.Input.TakeAll());
        client.Input.Complete();
        Assert.Equal(ResultCode.EESUCCESS, (await server.Completion.Soon()).Code);
    }

    [Fact]
    public async Task A_connection_that_is_dropped_is_reset()
    {
        var (client, filtering, server) = await Filtered(AcceptFilter.Line(3));
        await client.Output.WriteAsync("abcdef"u8.ToArray()).Soon();
        Assert.Equal(FilterEnd.Dropped, (await filtering.Soon()).End);
        Assert.Equal(ResultCode.EEMSGSIZE, (await server.Completion.Soon()).Code);
        Assert.Equal(Aborted, (await client.Input.TakeAllUntilFailure()).Code);
    }

    [Fact]
    public async Task An_abort_ends_a_filter_that_waits()
    {
        var (client, filtering, server) = await Filtered(AcceptFilter.DataReady);
        Assert.True(await filtering.IsStuck());
        server.Abort(SocketResult.Of(ResultCode.EETIMEDOUT));
        var outcome = await filtering.Soon();
        Assert.Equal((FilterEnd.Lost, ResultCode.EETIMEDOUT), (outcome.End, outcome.Result.Code));
        Assert.Equal(Aborted, (await client.Input.TakeAllUntilFailure()).Code);
    }

    private async Task<(SocketLease Client, Task<FilterOutcome> Filtering, SocketConnection Server)> Filtered(
        IAcceptFilter filter)
    {
        var listener = Listen();
        var client = await ConnectTo(listener);
        client.Start();
        var server = Owned((await listener.AcceptAsync().Soon()).Connection);
        return (client.Lease(1), new FilteredConnection(server, filter, MaxBytes).RunAsync(), server);
    }
}
