using System.Net;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Handoff.Gateway.Configuration;
using Handoff.Gateway.Connections;
using Handoff.Gateway.Services;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Gateway.Tests.Running;

// The test is the socket that is to be kept, and time is its own.
public sealed class KeepAgainTests(ITestOutputHelper output)
    : TestKit(
        ConfigurationFactory.ParseString(
            """
            akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
            akka.loglevel = ERROR
            akka.test.single-expect-default = 20s
            """),
        null,
        output)
{
    [Fact]
    public void A_keeper_that_is_not_there_is_asked_again_after_the_retry_interval_and_not_before()
    {
        var (sockets, listener, asker) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var settings = Settings("""
            gateway.keeper { control = "/nowhere", retry-interval = 7s }
            gateway.services.echo.port = 0
            """);
        Assert.Equal(TimeSpan.FromSeconds(7), settings.Kept.RetryInterval);
        var gateway = Sys.ActorOf(GatewayActor.Props(
            settings,
            ServiceCatalogue.Standard(TimeProvider.System),
            sockets,
            new TaskCompletionSource<string>()));
        gateway.Tell(new Start(), asker);
        sockets.ExpectMsg<Listen>();
        var handle = new SocketHandle(listener, id: 1, epoch: 1, Secret.Draw());
        gateway.Tell(new Listening(handle, new IPEndPoint(IPAddress.Loopback, 7)), sockets);
        asker.ExpectMsg<StartResult.Started>();
        for (var tries = 0; tries < 3; tries++)
        {
            var keep = listener.ExpectMsg<Keep>();
            gateway.Tell(new Refused(keep, SocketResult.Of(ResultCode.EENOTCONN)), listener);
            Hears(gateway, asker);
            Time.Advance(settings.Kept.RetryInterval - TimeSpan.FromMilliseconds(1));
            Hears(gateway, asker);
            listener.ExpectNoMsg(TimeSpan.Zero);
            Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        listener.ExpectMsg<Keep>();
    }

    private TestScheduler Time => (TestScheduler)Sys.Scheduler;

    private static void Hears(IActorRef gateway, TestProbe asker)
    {
        gateway.Tell(GetServices.Instance, asker);
        asker.ExpectMsg<RunningServices>();
    }

    private static GatewaySettings Settings(string text)
    {
        var source = new ConfigSource("test.conf", text);
        var handlers = ServiceCatalogue.Standard(TimeProvider.System).Handlers;
        return ((SettingsResult.Valid)SettingsReader.Read(source, handlers)).Settings;
    }
}
