using System.Text;

namespace Handoff.Gateway.Tests.Running;

public sealed class TcpmuxTests : IAsyncLifetime
{
    private const string Own = """
        gateway.services.tcpmux.line-timeout = 2m
        gateway.services.impatient { handler = tcpmux, port = 0, line-timeout = 300ms }
        gateway.services.narrow { handler = tcpmux, port = 0, line-timeout = 2m, max-line = 64B }
        gateway.services.one { handler = echo, port = none, max-connections = 1 }
        gateway.services.hidden { handler = echo, port = 0, tcpmux = off }
        """;

    private TestGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await TestGateway.StartAsync(Conf.StopSoon, Conf.Services, Own);

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData("echo\r\nand what follows", "+\r\nand what follows")]
    [InlineData("ECHO\r\nx", "+\r\nx")]
    [InlineData("eCho\nx", "+\r\nx")]
    [InlineData("echo\r\n", "+\r\n")]
    [InlineData("echo\r\necho\r\n", "+\r\necho\r\n")]
    [InlineData("discard\r\nx", "+\r\n")]
    [InlineData("nothing\r\nx", "-no such service; HELP lists them\r\n")]
    [InlineData("\r\n", "-no such service; HELP lists them\r\n")]
    [InlineData("hidden\r\n", "-no such service; HELP lists them\r\n")]
    [InlineData("tcpmux\r\n", "-no such service; HELP lists them\r\n")]
    [InlineData("HELP\r\n", "chargen\r\ndaytime\r\ndiscard\r\necho\r\none\r\ntime\r\n")]
    [InlineData("help\n", "chargen\r\ndaytime\r\ndiscard\r\necho\r\none\r\ntime\r\n")]
    [InlineData("", "")]
    [InlineData("ech", "")]
    public async Task A_client_gets_what_the_RFC_says(string sent, string expected)
    {
        using var client = await _gateway.ConnectAsync("tcpmux");
        Assert.Equal(expected, await client.AskAsync(sent));
    }

    [Fact]
    public async Task The_reply_comes_before_the_data_of_the_service()
    {
        using var client = await _gateway.ConnectAsync("tcpmux");
        await client.SendAsync("daytime\r\n");
        Assert.Matches(@"\A\+\r\n\w+, \w+ \d+, \d{4} \d\d:\d\d:\d\d-UTC\r\n\z", await client.TextToEndAsync());
    }

    [Fact]
    public async Task HELP_and_a_refusal_end_the_connection_without_the_client_finishing()
    {
        foreach (var line in (string[])["HELP\r\n", "nothing\r\n"])
        {
            using var client = await _gateway.ConnectAsync("tcpmux");
            await client.SendAsync(line);
            Assert.NotEmpty(await client.TextToEndAsync());
        }
    }

    [Fact]
    public async Task A_line_may_come_byte_by_byte()
    {
        using var client = await _gateway.ConnectAsync("tcpmux");
        foreach (var c in "echo\r\nand more") await client.SendAsync(c.ToString());
        client.Finish();
        Assert.Equal("+\r\nand more", await client.TextToEndAsync());
    }

    [Fact]
    public async Task A_line_over_the_bound_is_refused()
    {
        using var client = await _gateway.ConnectAsync("narrow");
        await client.SendAsync(new string('x', 64));
        Assert.Equal("-the name of a service was expected, in a line of at most 64 bytes\r\n",
            await client.TextToEndAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("ech")]
    public async Task A_client_that_does_not_complete_its_line_is_refused_after_a_while(string sent)
    {
        using var client = await _gateway.ConnectAsync("impatient");
        await client.SendAsync(sent);
        Assert.Equal("-the name of a service was expected within 0.3 s\r\n", await client.TextToEndAsync());
    }

    // With "+" written before the release, this client would have been told yes and then no.
    [Fact]
    public async Task A_handoff_that_the_service_declines_is_a_refusal_and_nothing_else()
    {
        using var first = await _gateway.ConnectAsync("tcpmux");
        await first.SendAsync("one\r\nx");
        Assert.Equal("+\r\nx", Encoding.Latin1.GetString(await first.ReceiveAsync(4)));

        using var second = await _gateway.ConnectAsync("tcpmux");
        await second.SendAsync("one\r\nx");
        Assert.Matches(@"\A-one is not available: .*one has as many connections as it may.*\r\n\z",
            await second.TextToEndAsync());
        Assert.Equal("still mine", await first.AskAsync("still mine"));
    }
}
