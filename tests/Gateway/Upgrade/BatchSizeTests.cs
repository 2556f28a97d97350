using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Handoff.Gateway.Configuration;
using Handoff.Gateway.Connections;
using Handoff.Gateway.Control;
using Handoff.Gateway.Services;
using Handoff.Gateway.Tests.Running;
using Handoff.Gateway.Upgrade;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Gateway.Tests.Upgrade;

// The test is everybody whom the upgrade has to do with; of the next version it is a process that does nothing.
public sealed class BatchSizeTests(ITestOutputHelper output)
    : TestKit(ConfigurationFactory.ParseString("akka.test.single-expect-default = 20s"), null, output)
{
    private const int MostSockets = 101;

    private static readonly SocketResult TooMuch = new(ResultCode.EEMSGSIZE, "more than a move may have");
    private static readonly SocketResult Slow = SocketResult.Of(ResultCode.EETIMEDOUT);

    [Fact]
    public void What_is_more_than_one_move_may_have_is_tried_with_half_of_it_and_the_rest_follows()
    {
        var (gateway, peer, line) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var upgrade = Sys.ActorOf(UpgradeActor.Props(Settings(), Parts(gateway, peer)));
        using var next = Begin(upgrade, gateway, peer, line);
        try
        {
            // One place is the control socket's.
            Round(upgrade, gateway, peer, most: MostSockets - 1, leave: 40, TooMuch);
            Round(upgrade, gateway, peer, most: 20, leave: 20, Slow);
            Round(upgrade, gateway, peer, most: 20, leave: 20, TooMuch);
            Round(upgrade, gateway, peer, most: 10, leave: 10, SocketResult.Success);
            Assert.Equal([UpgradeWords.Committed], line.ExpectMsg<Say>().Words);
            gateway.ExpectMsg<StopListening>();
            Round(upgrade, gateway, peer, most: 10, leave: 10, TooMuch);
            Round(upgrade, gateway, peer, most: 5, leave: 5, TooMuch);
            Round(upgrade, gateway, peer, most: 2, leave: 2, TooMuch);
            Round(upgrade, gateway, peer, most: 1, leave: 1, TooMuch);
            Round(upgrade, gateway, peer, most: 1, leave: 1, SocketResult.Success);
            Assert.Equal(1, gateway.ExpectMsg<Depart>().MostConnections);
        }
        finally
        {
            next.Kill();
        }
    }

    // The new version wants no listener, and is ready at once.
    private Process Begin(IActorRef upgrade, TestProbe gateway, TestProbe peer, TestProbe line)
    {
        var client = CreateTestProbe();
        upgrade.Tell(new Said([ControlLine.Upgrade], new PeerCredentials(1, 0, 0)), client);
        var number = int.Parse(client.ExpectMsg<Say>().Words[^1].Split(' ')[^1], CultureInfo.InvariantCulture);
        upgrade.Tell(
            new Said([UpgradeWords.TakeOver, UpgradeWords.Version], new PeerCredentials(number, 0, 0)), line);
        gateway.ExpectMsg<GetServices>();
        upgrade.Tell(new RunningServices([]), gateway);
        line.FishForMessage(message => message is Say { Words: [UpgradeWords.End] });
        upgrade.Tell(new Said([UpgradeWords.Ready, "/nowhere", "next"], new PeerCredentials(number, 0, 0)), line);
        upgrade.Tell(new PeerOpened(peer.ExpectMsg<OpenPeer>(), peer), peer);
        return Process.GetProcessById(number);
    }

    private static void Round(
        IActorRef upgrade, TestProbe gateway, TestProbe peer, int most, int leave, SocketResult result)
    {
        Assert.Equal(most, gateway.ExpectMsg<Depart>().MostConnections);
        upgrade.Tell(new Departing(Listeners: 0, leave, Left: 100), gateway);
        peer.ExpectMsg<SendBatch>();
        upgrade.Tell(new BatchSent(leave, result), peer);
    }

    private UpgradeParts Parts(TestProbe gateway, TestProbe peer) => new()
    {
        Gateway = gateway,
        Control = CreateTestProbe(),
        Address = new UnixDomainSocketEndPoint("/nowhere"),
        Sockets = CreateTestProbe(),
        Processes = peer,
        MostSockets = MostSockets,
        Command = new OwnCommand(["/bin/sh", "-c", "exec sleep 1000"], []),
        Stop = () => { },
    };

    private static GatewaySettings Settings()
    {
        var source = new ConfigSource("test.conf", Conf.Of(Conf.Services, "gateway.upgrade.retry-interval = 10ms"));
        var handlers = ServiceCatalogue.Standard(TimeProvider.System).Handlers;
        return ((SettingsResult.Valid)SettingsReader.Read(source, handlers)).Settings;
    }
}
