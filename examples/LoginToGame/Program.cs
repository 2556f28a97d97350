using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Handoff;
using LoginToGame;

// Listens on 127.0.0.1:4000; `printf 'joe\nlook\n' | nc 127.0.0.1 4000` is a player. With --once it takes any port,
// plays one player itself and ends.
var once = args.Contains("--once");
using var system = ActorSystem.Create("login-to-game");
var game = system.ActorOf(Props.Create(() => new Game()), "game");
var login = system.ActorOf(Props.Create(() => new Login(game)), "login");
var place = new IPEndPoint(IPAddress.Loopback, once ? 0 : 4000);
await using var listener = await HandoffExtension.For(system).ListenAsync(place, login);
Console.WriteLine($"players connect to {listener.EndPoint}");
if (once) await PlayAsync((IPEndPoint)listener.EndPoint);
else await system.WhenTerminated;

static async Task PlayAsync(IPEndPoint place)
{
    using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
    using var client = new TcpClient();
    await client.ConnectAsync(place, bound.Token);
    using var reader = new StreamReader(client.GetStream());
    await reader.BaseStream.WriteAsync("joe\nlook\n"u8.ToArray(), bound.Token);
    client.Client.Shutdown(SocketShutdown.Send);
    Console.Write(await reader.ReadToEndAsync(bound.Token));
}
