using System.Net;
using System.Net.Security;
using Handoff.AspNetCore.Tests.Setup;
using Handoff.Transport;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.AspNetCore.Tests;

public sealed class TakeOutRefusalTests : TakeOutTest
{
    [Fact]
    public async Task Before_an_upgrade_Kestrel_owes_a_response_and_gives_it()
    {
        var application = await StartAsync(AnswerWithResultAsync);
        using var client = new HttpClient();
        Assert.StartsWith("EEBUSY: ", await client.GetStringAsync(UrlOf(application)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_of_HTTP_2_has_many_requests()
    {
        var application = await StartAsync(
            AnswerWithResultAsync,
            kestrel => kestrel.ListenHandoff("h2c", listen => listen.Protocols = HttpProtocols.Http2),
            names => names.Http2 = "h2c");
        using var client = new HttpClient
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        Assert.StartsWith(
            "EEMODENOTSUPP: HTTP/2", await client.GetStringAsync(UrlOf(application)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_of_a_socket_is_not_Handoffs_and_is_served_beside_it()
    {
        var application = await StartAsync(
            AnswerWithResultAsync, kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var addresses = application.Services.GetRequiredService<IServer>().Features
            .GetRequiredFeature<IServerAddressesFeature>().Addresses;
        Assert.Contains("http://web.handoff", addresses);
        using var client = new HttpClient();
        var answer = await client.GetStringAsync(
            addresses.Single(address => address.StartsWith("http://127.", StringComparison.Ordinal)));
        Assert.StartsWith("EEMODENOTSUPP: ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Between_a_connection_of_TLS_and_its_bytes_there_is_TLS()
    {
        using var certificate = TestCertificate.Make();
        var application = await StartAsync(
            async context =>
            {
                await UpgradeAsync(context);
                Tell(await context.ReleaseConnectionAsync(SilentOf(context)));
            },
            kestrel => kestrel.ListenHandoff("https", listen => listen.UseHttps(certificate)),
            names => names.Tls = "https");
        await using var plain = await ConnectAsync(application);
        await using var client = new SslStream(
            plain, leaveInnerStreamOpen: false, (_, found, _, _) => TestCertificate.Is(certificate, found));
        await client.AuthenticateAsClientAsync("localhost").WaitAsync(Patience);
        await client.WriteAsync(UpgradeAnd(""));
        await ReadUntilAsync(client, "\r\n\r\n");
        var result = await Result;
        Assert.Equal(ResultCode.EEMODENOTSUPP, result.Code);
        Assert.Contains("TLS", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_is_released_once()
    {
        var application = await StartAsync(async context =>
        {
            await UpgradeAsync(context);
            var first = await context.ReleaseConnectionAsync(TakerOf(context));
            var second = await context.ReleaseConnectionAsync(TakerOf(context));
            Tell(first.IsSuccess ? second : first);
        });
        Assert.Equal(":AB", await ShoutedAsync(application, "ab"));
        Assert.Equal(ResultCode.EEBUSY, (await Result).Code);
    }

    [Fact]
    public async Task Nothing_can_be_pushed_back_that_was_not_read()
    {
        var application = await StartAsync(async context =>
        {
            var stream = await UpgradeAsync(context);
            var head = new byte[1000];
            var refused = await context.ReleaseConnectionAsync(SilentOf(context), pushBack: head);
            await stream.ReadExactlyAsync(head.AsMemory(0, 1));
            await context.ReleaseConnectionAsync(TakerOf(context), pushBack: head.AsMemory(0, 1));
            Tell(refused);
        });
        Assert.Equal(":ABC", await ShoutedAsync(application, "abc"));
        Assert.Equal(ResultCode.EEBADDATA, (await Result).Code);
    }

    [Fact]
    public async Task A_client_that_is_gone_is_told_as_the_result()
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var application = await StartAsync(async context =>
        {
            await UpgradeAsync(context);
            gone.SetResult();
            await WhenAsync(context.RequestAborted);
            Tell(await context.ReleaseConnectionAsync(TakerOf(context)));
        });
        var client = await ConnectAsync(application);
        await client.WriteAsync(UpgradeAnd(""));
        await gone.Task.WaitAsync(Patience);
        client.Socket.Close(timeout: 0);
        Assert.False((await Result).IsSuccess);
        Assert.Empty(Logs.Lines);
    }

    private static async Task AnswerWithResultAsync(HttpContext context)
    {
        var result = await context.ReleaseConnectionAsync(SilentOf(context));
        await context.Response.WriteAsync(result.ToString());
    }
}
