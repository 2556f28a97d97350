using Akka.Actor;
using Handoff.AspNetCore.Tests.Setup;
using Handoff.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Handoff.AspNetCore.Tests;

public sealed class StopTests : TakeOutTest
{
    private const string KeepAlive = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    [Fact]
    public async Task A_connection_that_is_kept_open_is_closed_when_the_host_stops()
    {
        var application = await StartAsync(context => context.Response.WriteAsync("page"));
        await using var client = await ConnectAsync(application);
        await client.WriteAsync(System.Text.Encoding.ASCII.GetBytes(KeepAlive));
        await ReadUntilAsync(client, "page\r\n0\r\n\r\n");
        await application.StopAsync().WaitAsync(Patience);
        Assert.Equal("", await ReadToEndAsync(client));
        Assert.Empty(Logs.Lines);
    }

    [Fact]
    public async Task A_request_that_is_under_way_when_the_host_stops_is_answered()
    {
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var application = await StartAsync(async context =>
        {
            began.SetResult();
            await stopping.Task;
            await context.Response.WriteAsync("page");
        });
        application.Services.GetRequiredService<IHostApplicationLifetime>()
            .ApplicationStopping.Register(stopping.SetResult);
        await using var client = await ConnectAsync(application);
        await client.WriteAsync(System.Text.Encoding.ASCII.GetBytes(KeepAlive));
        await began.Task.WaitAsync(Patience);
        await application.StopAsync().WaitAsync(Patience);
        Assert.Contains("page", await ReadToEndAsync(client), StringComparison.Ordinal);
        Assert.Empty(Logs.Lines);
    }

    [Fact]
    public async Task A_request_that_does_not_end_is_aborted_when_the_host_stops_and_the_host_does()
    {
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var application = await StartAsync(async context =>
        {
            began.SetResult();
            await WhenAsync(context.RequestAborted);
        });
        await using var client = await ConnectAsync(application);
        await client.WriteAsync(System.Text.Encoding.ASCII.GetBytes(KeepAlive));
        await began.Task.WaitAsync(Patience);
        using var hurry = new CancellationTokenSource();
        var stopping = application.StopAsync(hurry.Token);
        await hurry.CancelAsync();
        await stopping.WaitAsync(Patience);
        await Assert.ThrowsAsync<IOException>(() => ReadToEndAsync(client));
    }

    [Fact]
    public async Task A_connection_that_was_taken_out_does_not_keep_Kestrel_and_outlives_it()
    {
        var application = await StartAsync(async context =>
        {
            await UpgradeAsync(context);
            Tell(await context.ReleaseConnectionAsync(TakerOf(context)));
        });
        await using var client = await ConnectAsync(application);
        await client.WriteAsync(UpgradeAnd("before, "));
        await ReadUntilAsync(client, ":BEFORE, ");
        Assert.True((await Result).IsSuccess);
        await application.Services.GetRequiredService<IServer>().StopAsync(CancellationToken.None).WaitAsync(Patience);
        await client.WriteAsync("and after"u8.ToArray());
        Assert.Equal("AND AFTER", await ReadUntilAsync(client, "AFTER"));
        Assert.Empty(Logs.Lines);
    }

    [Fact]
    public async Task When_only_the_actors_stop_Kestrel_is_told_to_end_its_connections()
    {
        var application = await StartAsync(context => context.Response.WriteAsync("page"));
        await using var client = await ConnectAsync(application);
        await client.WriteAsync(System.Text.Encoding.ASCII.GetBytes(KeepAlive));
        await ReadUntilAsync(client, "page\r\n0\r\n\r\n");
        HandoffHost.For(SystemOf(application)).Listener(Port).Owner.Tell(new Draining(Patience));
        Assert.Equal("", await ReadToEndAsync(client));
        Assert.Empty(Logs.Lines);
    }

    [Fact]
    public async Task When_the_actor_system_ends_first_requests_are_aborted_and_the_host_stops()
    {
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var application = await StartAsync(async context =>
        {
            began.SetResult();
            await WhenAsync(context.RequestAborted);
            aborted.SetResult();
        });
        await using var client = await ConnectAsync(application);
        await client.WriteAsync(System.Text.Encoding.ASCII.GetBytes(KeepAlive));
        await began.Task.WaitAsync(Patience);
        await SystemOf(application).Terminate().WaitAsync(Patience);
        await aborted.Task.WaitAsync(Patience);
        await application.StopAsync().WaitAsync(Patience);
    }
}
