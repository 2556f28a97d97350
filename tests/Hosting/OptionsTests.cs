using System.Net;
using System.Net.Sockets;
using Akka.Configuration;
using Akka.Hosting;
using Handoff.Hosting.Tests.Setup;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets.AcceptFilters;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Handoff.Hosting.Tests;

public sealed class OptionsTests : HostTest
{
    [Fact]
    public async Task Settings_and_listeners_come_from_the_configuration_of_the_host()
    {
        var host = await StartAsync(
            akka => akka.WithHandoff(
                Section(
                    ("Offer:Timeout", "2s"), ("Io:MaxWrite", "1KiB"), ("io:RECEIVED_SIZE", "2KiB"),
                    ("unix:remove-stale", "True"),
                    ("Listeners:door:EndPoint", "127.0.0.1:0"), ("Listeners:door:Transport", "tcp"),
                    ("listeners:door:mode", "anyholder")),
                handoff => handoff.Listen<Greeter>(
                    "door", more: options => Assert.Equal(OfferMode.AnyHolder, options.Mode))));

        var settings = HandoffExtension.For(SystemOf(host)).Settings;
        Assert.Equal(TimeSpan.FromSeconds(2), settings.OfferTimeout);
        Assert.Equal((1024, 2048), (settings.MaxWrite, settings.ReceivedSize));
        Assert.True(settings.RemovesStaleFiles);
        Assert.Equal("hello", await Client.GreetedAsync(EndPointOf(host, "door"), Patience));
    }

    [Fact]
    public void A_list_of_the_configuration_is_a_list()
    {
        var options = HandoffOptions.From(Section(("Io:Affinity:0", "2"), ("Io:Affinity:1", "5")));

        var builder = NewBuilder().WithHandoff(options);

        Assert.Equal([2, 5], builder.Configuration.Value.GetIntList("handoff.io.affinity"));
    }

    [Fact]
    public async Task Settings_come_from_hocon_and_from_options_which_go_first()
    {
        var host = await StartAsync(akka => akka
            .WithHandoff("handoff { offer.timeout = 2s, connect.timeout = 3s }")
            .WithHandoff(new HandoffOptions { Settings = { ["connect.timeout"] = "4s" } }));

        var settings = HandoffExtension.For(SystemOf(host)).Settings;
        Assert.Equal(TimeSpan.FromSeconds(2), settings.OfferTimeout);
        Assert.Equal(TimeSpan.FromSeconds(4), settings.ConnectTimeout);
        Assert.Empty(HandoffOf(host).Listeners);
    }

    [Fact]
    public async Task A_value_that_does_not_fit_is_the_failure_of_the_host()
    {
        using var host = Build(akka => akka.WithHandoff("handoff.offer.timeout = 0s"));

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync().WaitAsync(Patience));

        Assert.Contains("handoff.offer.timeout", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("offer:unheard", "1s", "handoff.offer.unheard")]
    [InlineData("offer", "1s", "handoff.offer")]
    [InlineData("Listeners:door:EndPoint", "127.0.0.1", "Listeners:door:EndPoint")]
    [InlineData("Listeners:door:Mode", "7", "Listeners:door:Mode")]
    [InlineData("Listeners:door:Unheard", "7", "Listeners:door:Unheard")]
    [InlineData("Listeners:door:EndPoint", "127.0.0.1:0", "listener door")]
    public void What_would_have_no_effect_is_refused_by_its_name(string key, string value, string named)
    {
        var failure = Assert.Throws<ConfigurationException>(() => NewBuilder().WithHandoff(Section((key, value))));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("door", true)]
    [InlineData("a/b", true)]
    [InlineData("new", false)]
    public void A_listener_needs_a_name_of_its_own_and_an_address(string name, bool hasAddress)
    {
        var builder = NewBuilder().WithHandoff(handoff => handoff.Listen<Greeter>("door", AnyPort));

        var failure = Assert.Throws<ConfigurationException>(() => builder.WithHandoff(
            handoff => handoff.Listen<Greeter>(name, hasAddress ? AnyPort : null)));

        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_code_says_of_a_listener_goes_before_its_configuration_which_stays_as_it_is()
    {
        var options = HandoffOptions.From(Section(("Listeners:door:EndPoint", "127.0.0.1:1")));
        ListenerOptions? seen = null;

        NewBuilder().WithHandoff(options, handoff => handoff.Listen<Greeter>("door", AnyPort, more: door =>
        {
            seen = door;
            door.Credential = "mine";
            door.AcceptFilter = AcceptFilter.HttpHead;
        }));

        Assert.Equal(AnyPort, seen!.EndPoint);
        var configured = options.Listeners["door"];
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 1), configured.EndPoint);
        Assert.Null(configured.Credential);
        Assert.Null(configured.AcceptFilter);
    }

    [Theory]
    [InlineData("127.0.0.1:7000", AddressFamily.InterNetwork)]
    [InlineData("[::1]:7000", AddressFamily.InterNetworkV6)]
    [InlineData("unix:/run/app.sock", AddressFamily.Unix)]
    [InlineData("unix:@app", AddressFamily.Unix)]
    public void An_address_is_written_as_text(string text, AddressFamily family) =>
        Assert.Equal(family, EndPointText.TryParse(text)!.AddressFamily);

    [Theory]
    [InlineData("")]
    [InlineData("unix:")]
    [InlineData("::1")]
    [InlineData("[::1]")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:port")]
    [InlineData("localhost:7000")]
    public void What_is_no_address_or_has_no_port_is_none(string text) => Assert.Null(EndPointText.TryParse(text));

    private static AkkaConfigurationBuilder NewBuilder() => new(new ServiceCollection(), "hosted");

    private static IConfiguration Section(params (string Key, string Value)[] entries) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(entries.Select(e => KeyValuePair.Create(e.Key, (string?)e.Value)))
            .Build();
}
