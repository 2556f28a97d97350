using System.Net;
using System.Net.Sockets;
using System.Text;
using OnePort;

namespace Handoff.Examples.Tests;

// The program as it is started by hand, and real clients.
public sealed class OnePortTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly RunningExample _program = RunningExample.Start(typeof(Clerk), "0");
    private IPEndPoint _place = new(IPAddress.Loopback, 0);

    private Uri Url => new($"http://{_place}/");

    public async Task InitializeAsync() =>
        _place = IPEndPoint.Parse((await _program.LineAsync("at ", Patience))["at ".Length..]);

    public async Task DisposeAsync() => await _program.DisposeAsync();

    [Fact]
    public async Task A_page_and_a_line_protocol_share_the_port()
    {
        Assert.Equal("noted 2\n", await NoteAsync("first\nsecond <b>\n"));
        using var client = new HttpClient { Timeout = Patience };
        Assert.Equal(
            "<title>One port</title><pre>first\nsecond &lt;b&gt;</pre>", await client.GetStringAsync(Url));
    }

    [Fact]
    public async Task HTTP_2_without_TLS_is_served_at_the_port()
    {
        using var client = new HttpClient
        {
            Timeout = Patience,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        Assert.Equal("HTTP/2", await client.GetStringAsync(new Uri(Url, "protocol")));
    }

    [ToolTheory("curl")]
    [InlineData("--http1.1", "HTTP/1.1")]
    [InlineData("--http2-prior-knowledge", "HTTP/2")]
    public async Task Curl_loads_it(string option, string protocol) =>
        Assert.Equal(protocol, await Tool.RunAsync("curl", Patience, "-sS", option, $"{Url}protocol"));

    [ToolFact("chromium")]
    public async Task A_browser_loads_the_page()
    {
        await NoteAsync("seen by a browser\n");
        var folder = Directory.CreateTempSubdirectory("handoff-chromium");
        try
        {
            var page = await Tool.RunAsync(
                "chromium", Patience, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--no-first-run", $"--user-data-dir={folder.FullName}", "--dump-dom", $"{Url}");
            Assert.Contains("<pre>seen by a browser</pre>", page, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<string> NoteAsync(string lines)
    {
        using var bound = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(_place, bound.Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(lines), bound.Token);
        client.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(bound.Token);
    }
}
