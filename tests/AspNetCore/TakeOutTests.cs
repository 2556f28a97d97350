using System.Text;
using Handoff.AspNetCore.Tests.Setup;
using Handoff.Transport;
using Microsoft.AspNetCore.Http;

namespace Handoff.AspNetCore.Tests;

public sealed class TakeOutTests : TakeOutTest
{
    [Fact]
    public async Task An_endpoint_hands_its_upgraded_connection_to_an_actor_with_the_bytes_behind_the_request()
    {
        var application = await StartAsync(async context =>
        {
            await UpgradeAsync(context);
            Tell(await context.ReleaseConnectionAsync(TakerOf(context), attachment: "joe"));
        });
        await using var client = await ConnectAsync(application);
        await client.WriteAsync(UpgradeAnd("in the same packet, "));
        Assert.EndsWith("\r\n\r\njoe:IN", await ReadUntilAsync(client, "IN"), StringComparison.Ordinal);
        Assert.Equal(SocketResult.Success, await Result);
        await client.WriteAsync("and after it"u8.ToArray());
        client.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        Assert.Equal(" THE SAME PACKET, AND AFTER IT", await ReadToEndAsync(client));
        Assert.Empty(Logs.Lines);
    }

    [Fact]
    public async Task More_than_Kestrel_has_looked_at_goes_with_it_whole_and_in_order()
    {
        var application = await StartAsync(async context =>
        {
            await UpgradeAsync(context);
            Tell(await context.ReleaseConnectionAsync(TakerOf(context)));
        });
        var much = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i} "));
        Assert.Equal(":" + much, await ShoutedAsync(application, much));
        Assert.True((await Result).IsSuccess);
    }

    [Fact]
    public async Task What_the_endpoint_has_read_it_may_push_back()
    {
        var application = await StartAsync(async context =>
        {
            var stream = await UpgradeAsync(context);
            var first = new byte[6];
            await stream.ReadExactlyAsync(first);
            Tell(await context.ReleaseConnectionAsync(TakerOf(context), pushBack: first.AsMemory(3)));
        });
        Assert.Equal(":DEFGHI", await ShoutedAsync(application, "abcdefghi"));
        Assert.True((await Result).IsSuccess);
    }

    [Fact]
    public async Task Afterwards_a_reader_in_the_endpoint_sees_the_end_and_nothing_that_it_does_is_seen_by_the_client()
    {
        var read = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var application = await StartAsync(async context =>
        {
            var stream = await UpgradeAsync(context);
            var reading = stream.ReadAsync(new byte[1]).AsTask();
            Tell(await context.ReleaseConnectionAsync(TakerOf(context)));
            read.SetResult(await reading);
            await stream.WriteAsync("lost"u8.ToArray());
            await stream.FlushAsync();
            context.Abort();
            done.SetResult();
        });
        await using var client = await ConnectAsync(application);
        await client.WriteAsync(UpgradeAnd(""));
        await ReadUntilAsync(client, "\r\n\r\n:");
        Assert.Equal(0, await read.Task.WaitAsync(Patience));
        await done.Task.WaitAsync(Patience);
        await client.WriteAsync("still there"u8.ToArray());
        client.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        Assert.Equal("STILL THERE", await ReadToEndAsync(client));
        Assert.True((await Result).IsSuccess);
        Assert.Empty(Logs.Lines);
    }

    [Fact]
    public async Task The_endpoint_goes_on_with_its_connection_where_nobody_takes_it()
    {
        var application = await StartAsync(async context =>
        {
            var stream = await UpgradeAsync(context);
            var failed = await context.ReleaseConnectionAsync(
                SilentOf(context), within: TimeSpan.FromMilliseconds(1));
            var first = new byte[2];
            await stream.ReadExactlyAsync(first);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{failed.Code} {Encoding.ASCII.GetString(first)} "));
            await stream.FlushAsync();
            Tell(await context.ReleaseConnectionAsync(TakerOf(context)));
        });
        Assert.Equal("EESOCKNOTRLSD ab :CD", await ShoutedAsync(application, "abcd"));
        Assert.True((await Result).IsSuccess);
    }

    [Fact]
    public async Task A_release_that_is_cancelled_is_revoked()
    {
        var application = await StartAsync(async context =>
        {
            await UpgradeAsync(context);
            using var cancel = new CancellationTokenSource();
            var release = context.ReleaseConnectionAsync(
                SilentOf(context), within: TimeSpan.FromMinutes(5), cancellationToken: cancel.Token);
            await cancel.CancelAsync();
            Tell(await release);
        });
        Assert.Equal("", await ShoutedAsync(application, ""));
        Assert.Equal(ResultCode.EESOCKNOTRLSD, (await Result).Code);
    }

    [Fact]
    public async Task Many_connections_are_taken_out_at_the_same_time_and_none_loses_a_byte()
    {
        const int Clients = 100;
        var application = await StartAsync(async context =>
        {
            await UpgradeAsync(context);
            Tell(await context.ReleaseConnectionAsync(TakerOf(context)));
        });
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async i =>
        {
            await using var client = await ConnectAsync(application);
            await client.WriteAsync(UpgradeAnd($"a{i} "));
            await client.WriteAsync(Encoding.ASCII.GetBytes($"b{i}!"));
            Assert.EndsWith($"\r\n\r\n:A{i} B{i}!", await ReadUntilAsync(client, "!"), StringComparison.Ordinal);
        }));
        Assert.Empty(Logs.Lines);
    }

    [Fact]
    public async Task A_connection_that_comes_back_is_served_again()
    {
        var application = await StartAsync(async context =>
        {
            if (context.Request.Path == "/again")
            {
                context.Response.Headers.Connection = "close";
                await context.Response.WriteAsync("once more");
                return;
            }

            await UpgradeAsync(context);
            var kestrel = HandoffKestrel.For(SystemOf(context)).Target("web");
            var system = SystemOf(context);
            var detour = system.ActorOf(Akka.Actor.Props.Create(() => new Detour(kestrel)));
            Tell(await context.ReleaseConnectionAsync(detour));
        });
        await using var client = await ConnectAsync(application);
        await client.WriteAsync(UpgradeAnd("GET /again HTTP/1.1\r\nHost: a\r\n\r\n"));
        await ReadUntilAsync(client, "\r\n\r\nHTTP/1.1 200 OK\r\n");
        Assert.Contains("once more", await ReadToEndAsync(client), StringComparison.Ordinal);
        Assert.True((await Result).IsSuccess);
        Assert.Empty(Logs.Lines);
    }
}
