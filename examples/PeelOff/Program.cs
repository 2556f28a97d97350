using System.Net;
using Akka.Actor;
using Akka.Configuration;
using Handoff;
using Handoff.Transport;
using PeelOff;

// Takes associations on 127.0.0.1:4000, by whatever SCTP there is. With --once on any port: it calls itself, and ends.
var once = args.Contains("--once");
var config = ConfigurationFactory.ParseString(once ? "handoff.sctp.udp-port = 0" : "");
using var system = ActorSystem.Create("peel-off", config);
var handoff = HandoffExtension.For(system);
var desk = system.ActorOf(Props.Create(() => new Desk()), "desk");
try
{
    var place = new IPEndPoint(IPAddress.Loopback, once ? 0 : 4000);
    await using var listener = await handoff.ListenAsync(place, desk, "sctp");
    Console.WriteLine($"senders call {listener.EndPoint}");
    if (once) await Day.PlayAsync(handoff, listener.EndPoint, Console.Out);
    else await system.WhenTerminated;
}
catch (SocketFailedException none) when (none.Code is ResultCode.EEMODENOTSUPP)
{
    Console.Error.WriteLine($"there is no SCTP here: {none.Message}");
    Environment.ExitCode = 1;
}
