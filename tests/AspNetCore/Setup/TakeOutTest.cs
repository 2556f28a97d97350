using System.Text;
using Akka.Actor;
using Handoff.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.AspNetCore.Tests.Setup;

public abstract class TakeOutTest : WebTest
{
    private readonly TaskCompletionSource<SocketResult> _result =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private protected Task<SocketResult> Result => _result.Task.WaitAsync(Patience);

    private protected void Tell(SocketResult result) => _result.TrySetResult(result);

    private protected static ActorSystem SystemOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<ActorSystem>();

    private protected static IActorRef TakerOf(HttpContext context) =>
        SystemOf(context).ActorOf(Props.Create(() => new Taker()));

    private protected static IActorRef SilentOf(HttpContext context) =>
        SystemOf(context).ActorOf(Props.Create(() => new Silent()));

    private protected static Task<Stream> UpgradeAsync(HttpContext context)
    {
        context.Response.Headers.Upgrade = "shout";
        return context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    private protected static ReadOnlyMemory<byte> UpgradeAnd(string behind) => Encoding.ASCII.GetBytes(
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: shout\r\n\r\n" + behind);

    // What comes behind the head of the response to what is sent in one go.
    private protected async Task<string> ShoutedAsync(WebApplication application, string behind)
    {
        await using var client = await ConnectAsync(application);
        await client.WriteAsync(UpgradeAnd(behind));
        Assert.StartsWith(
            "HTTP/1.1 101 Switching Protocols\r\n", await ReadUntilAsync(client, "\r\n\r\n"),
            StringComparison.Ordinal);
        await Result;
        client.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        return await ReadToEndAsync(client);
    }
}
