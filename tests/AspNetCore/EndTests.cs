using System.Net;
using Handoff.AspNetCore.Tests.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.AspNetCore.Tests;

// How a connection that ends looks to a request: as on Kestrel's own transport, which is asked the same.
public sealed class EndTests : WebTest
{
    private const string Request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n";

    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_finishes_aborts_its_request_though_nobody_reads(bool isPeer)
    {
        var application = await StartAsync(WaitAsync, kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var client = await ConnectAsync(application, isPeer);
        await client.WriteAsync(System.Text.Encoding.ASCII.GetBytes(Request));
        await _began.Task.WaitAsync(Patience);
        client.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        Assert.Equal("aborted", await _heard.Task.WaitAsync(Patience));
        Assert.Empty(Logs.Lines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_resets_aborts_its_request_though_nobody_reads(bool isPeer)
    {
        var application = await StartAsync(WaitAsync, kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var client = await ConnectAsync(application, isPeer);
        await client.WriteAsync(System.Text.Encoding.ASCII.GetBytes(Request));
        await _began.Task.WaitAsync(Patience);
        client.Socket.Close(timeout: 0);
        Assert.Equal("aborted", await _heard.Task.WaitAsync(Patience));
        Assert.Empty(Logs.Lines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_resets_in_the_middle_of_a_body_is_a_connection_reset_to_who_reads(bool isPeer)
    {
        var application = await StartAsync(ReadAsync, kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var client = await ConnectAsync(application, isPeer);
        await client.WriteAsync(System.Text.Encoding.ASCII.GetBytes(Request + "a"));
        await _began.Task.WaitAsync(Patience);
        client.Socket.Close(timeout: 0);
        Assert.Equal("ConnectionResetException", await _heard.Task.WaitAsync(Patience));

        // The peer sometimes logs what the request did not throw.
        if (!isPeer) Assert.Empty(Logs.Lines);
    }

    [Fact]
    public async Task A_client_that_only_finishes_is_answered_where_an_end_does_not_abort()
    {
        var application = await StartAsync(
            async context =>
            {
                _began.SetResult();
                await _heard.Task;
                context.Response.Headers.Connection = "close";
                await context.Response.WriteAsync("answered");
            },
            hocon: "handoff.kestrel.end-aborts = off");
        await using var client = await ConnectAsync(application);
        await client.WriteAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray());
        await _began.Task.WaitAsync(Patience);
        client.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        _heard.SetResult("go on");
        Assert.Contains("answered", await ReadToEndAsync(client), StringComparison.Ordinal);
        Assert.Empty(Logs.Lines);
    }

    [Fact]
    public async Task A_client_that_resets_aborts_its_request_also_where_an_end_does_not()
    {
        var application = await StartAsync(WaitAsync, hocon: "handoff.kestrel.end-aborts = off");
        await using var client = await ConnectAsync(application);
        await client.WriteAsync(System.Text.Encoding.ASCII.GetBytes(Request));
        await _began.Task.WaitAsync(Patience);
        client.Socket.Close(timeout: 0);
        Assert.Equal("aborted", await _heard.Task.WaitAsync(Patience));
        Assert.Empty(Logs.Lines);
    }

    [Fact]
    public async Task What_is_written_to_a_client_that_is_gone_is_dropped()
    {
        var application = await StartAsync(async context =>
        {
            _began.SetResult();
            await WhenAsync(context.RequestAborted);
            for (var i = 0; i < 10; i++) await context.Response.WriteAsync(new string('a', 100_000));
            _heard.SetResult("done");
        });
        await using var client = await ConnectAsync(application);
        await client.WriteAsync(System.Text.Encoding.ASCII.GetBytes(Request));
        await _began.Task.WaitAsync(Patience);
        client.Socket.Close(timeout: 0);
        Assert.Equal("done", await _heard.Task.WaitAsync(Patience));
        Assert.Empty(Logs.Lines);
    }

    private async Task WaitAsync(HttpContext context)
    {
        _began.TrySetResult();
        await WhenAsync(context.RequestAborted);
        _heard.TrySetResult("aborted");
    }

    private async Task ReadAsync(HttpContext context)
    {
        try
        {
            var three = new byte[3];
            await context.Request.Body.ReadExactlyAsync(three.AsMemory(0, 1));
            _began.TrySetResult();
            await context.Request.Body.ReadExactlyAsync(three.AsMemory(1));
            _heard.TrySetResult("read");
        }
        catch (IOException failed)
        {
            _heard.TrySetResult(failed.GetType().Name);
        }
    }

    private static Task<System.Net.Sockets.NetworkStream> ConnectAsync(WebApplication application, bool isPeer) =>
        isPeer ? ConnectAsync(PeerOf(application)) : ConnectAsync(EndPointOf(application));

    // Where Kestrel listens by itself.
    private static IPEndPoint PeerOf(WebApplication application)
    {
        var addresses = application.Services.GetRequiredService<IServer>().Features
            .GetRequiredFeature<IServerAddressesFeature>().Addresses;
        var port = addresses.Select(address => new Uri(address)).Single(uri => uri.IsLoopback).Port;
        return new IPEndPoint(IPAddress.Loopback, port);
    }
}
