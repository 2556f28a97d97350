using System.Net;
using Handoff.Gateway.Configuration;
using Handoff.Gateway.Services;
using Handoff.Gateway.Upgrade;

namespace Handoff.Gateway.Tests.Upgrade;

public sealed class InheritanceTests
{
    [Theory]
    [InlineData("echo.port = 7", "7 echo", "7 echo")]
    [InlineData("echo.port = 8", "7 echo", "")]
    [InlineData("echo.port = 0", "7 echo", "7 echo")]
    [InlineData("echo { port = 0, address = \"::1\" }", "7 echo", "")]
    [InlineData("time.port = 7", "7 echo", "7 time")]
    [InlineData("time.port = 7, echo.port = 0", "7 echo", "7 time")]
    [InlineData("time.port = 8, echo.port = 7", "7 time, 8 echo", "7 echo, 8 time")]
    [InlineData("echo.port = 0, time.port = 0", "7 echo, 8 time, 9 discard", "7 echo, 8 time")]
    [InlineData("tcpmux.port = 9, echo.port = none", "7 echo", "")]
    public void A_listener_goes_to_the_service_that_has_its_address_now(string services, string has, string expected)
    {
        var source = new ConfigSource("x.conf", $"gateway.services {{ {services} }}");
        var handlers = ServiceCatalogue.Standard(TimeProvider.System).Handlers;
        var settings = ((SettingsResult.Valid)SettingsReader.Read(source, handlers)).Settings;
        var listeners = has.Split(", ").Select(text => text.Split(' '))
            .Select(words => (new IPEndPoint(IPAddress.Loopback, int.Parse(words[0], null)), words[1])).ToList();

        var inherited = Inheritance.Of(listeners, settings.Services)
            .Select(each => $"{((IPEndPoint)each.Key).Port} {each.Value}").Order(StringComparer.Ordinal);
        Assert.Equal(expected, string.Join(", ", inherited));
    }
}
