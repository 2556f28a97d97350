using Akka.Actor;

namespace Handoff.Bench.Handoffs;

// The floor: as many messages, between as many actors, as a handoff has.
internal sealed class PlainPlayers : IPlayers
{
    private readonly (IActorRef One, IActorRef Other)[] _players;

    public PlainPlayers(ActorSystem system, int pairs)
    {
        Pairs = [.. Enumerable.Range(0, pairs).Select(_ => new Pair())];
        _players = [.. Pairs.Select(pair => Create(system, pair))];
    }

    public IReadOnlyList<Pair> Pairs { get; }

    public void Throw(int pair)
    {
        _players[pair].One.Tell(Handoffs.Throw.Instance);
        _players[pair].Other.Tell(Handoffs.Throw.Instance);
    }

    private static (IActorRef One, IActorRef Other) Create(ActorSystem system, Pair pair)
    {
        var socket = system.ActorOf(Props.Create(() => new PlainSocket()));
        var one = system.ActorOf(Props.Create(() => new PlainPlayer(pair, socket, true)));
        var other = system.ActorOf(Props.Create(() => new PlainPlayer(pair, socket, false)));
        one.Tell(new Meet(other));
        other.Tell(new Meet(one));
        return (one, other);
    }
}
