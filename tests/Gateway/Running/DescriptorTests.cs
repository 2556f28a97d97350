using System.Net.Sockets;
using System.Text;

namespace Handoff.Gateway.Tests.Running;

// The real limit of the operating system (RLIMIT_NOFILE), in a process of its own: without descriptors for itself the
// .NET runtime would end the process.
[Collection("alone")]
public sealed class DescriptorTests
{
    private const int Freed = 4;

    [Theory]
    [InlineData(220, "")]
    [InlineData(256, "")]
    [InlineData(256, "handoff.io.resume = inline")]
    public async Task Short_of_descriptors_the_gateway_keeps_what_it_has_and_takes_more_when_some_are_free(
        int limit, string more)
    {
        using var file = new ConfFile(
            "gateway { drain-timeout = 100ms, close-timeout = 5s }", Conf.Services,
            "gateway.services.echo.max-connections = 1000", more);
        await using var gateway = GatewayProcess.StartWithDescriptors(limit, "--config", file.Path);
        var echo = await gateway.EndPointOf("echo");
        using var late = await TestClient.ConnectAsync(await gateway.EndPointOf("tcpmux"));
        var clients = new List<TestClient>();
        try
        {
            var pause = gateway.LogAsync($"accept on {echo}: EENOSOCKS");
            var waiting = await TestClient.ConnectAsync(echo);
            var answer = AnswerAsync(waiting, "0");
            while (await Task.WhenAny(answer, pause) == answer)
            {
                await answer;
                clients.Add(waiting);
                Assert.True(clients.Count < limit, $"more connections than descriptors:\n{gateway.Error}");
                waiting = await TestClient.ConnectAsync(echo);
                answer = AnswerAsync(waiting, "0");
            }

            Assert.EndsWith("; trying again", await pause, StringComparison.Ordinal);
            Assert.True(clients.Count >= 2 * Freed, $"only {clients.Count} were served:\n{gateway.Error}");
            for (var round = 1; round < 4; round++)
                foreach (var client in clients) await AnswerAsync(client, $"{round}");
            Assert.False(answer.IsCompleted, "it was served by a descriptor that there is not");

            // What happens for the first time makes the runtime load assemblies: its descriptors are from the reserve.
            await late.SendAsync("daytime\r\n");
            Assert.StartsWith("+\r\n", await late.TextToEndAsync(), StringComparison.Ordinal);

            foreach (var client in clients[..Freed]) client.Dispose();
            clients.RemoveRange(0, Freed);
            clients.Add(waiting);
            await answer;
            var next = await TestClient.ConnectAsync(echo);
            clients.Add(next);
            await AnswerAsync(next, "next");
            await gateway.SignalAsync("TERM");
            Assert.Equal(0, await gateway.ExitCodeAsync());
            Assert.DoesNotContain(" error ", gateway.Error, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is SocketException or EndOfStreamException)
        {
            Assert.Fail($"{gone}\n{gateway.Error}");
        }
        finally
        {
            foreach (var client in clients) client.Dispose();
        }
    }

    private static async Task AnswerAsync(TestClient client, string text)
    {
        await client.SendAsync(text);
        Assert.Equal(text, Encoding.Latin1.GetString(await client.ReceiveAsync(text.Length)));
    }
}
