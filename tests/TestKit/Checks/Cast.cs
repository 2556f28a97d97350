using Akka.Actor;
using Handoff.Messages;
using Handoff.TestKit.Running;

namespace Handoff.TestKit.Tests.Checks;

// Actors and messages of one socket, as no socket would send them.
public sealed class Cast : IDisposable
{
    private readonly SeededSystem _system = SeededSystem.Create();

    public Cast()
    {
        Socket = ActorOf("socket");
        Login = ActorOf("login");
        Game = ActorOf("game");
    }

    public IActorRef Socket { get; }

    public IActorRef Login { get; }

    public IActorRef Game { get; }

    public void Dispose() => _system.Dispose();

    internal SocketHandle Epoch(long epoch) => new(Socket, 1, epoch, Secret.Draw());

    internal OfferHandle Offer(long number) => new(Socket, 1, number, Secret.Draw());

    internal static SocketFacts Facts { get; } = new(1, SocketKind.Connection, "scenario", null, null, 0, 0);

    internal Acquired Acquired(long epoch, long consumed = 0, long written = 0) =>
        new(Epoch(epoch), Facts, null, consumed, written);

    internal Offered Offered(long number) => new(Offer(number), Login, Facts, TimeSpan.FromSeconds(5), null);

    private IActorRef ActorOf(string name) => _system.Actors.ActorOf(Props.Create(() => new Silent()), name);

    private sealed class Silent : ReceiveActor
    {
        public Silent() => ReceiveAny(_ => { });
    }
}
