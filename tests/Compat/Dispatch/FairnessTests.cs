using Akka.Actor;
using Handoff.Compat.Tests.Actors;
using Handoff.Compat.Tests.Configuration;

namespace Handoff.Compat.Tests.Dispatching;

// Akka 1.5.30 keeps what an actor wakes up on its thread of the pool, where it goes before everything else: pairs of
// actors that answer each other then starve all others. Nothing can be asked of it here.
public sealed class FairnessTests : ActorTest
{
    private const int Pairs = 64;
    private const int RoundsForEach = 4_000;
    private const int FewestRounds = RoundsForEach / 100;

    [Fact]
    public async Task Of_many_pairs_of_actors_that_answer_each_other_none_starves()
    {
        if (!StandIn.IsInUse)
            return;
        var game = new Game();
        var pingers = Enumerable.Range(0, Pairs).Select(i => Pair(game, i)).ToArray();
        foreach (var pinger in pingers)
            pinger.Tell("ball", ActorRefs.NoSender);
        game.Begin();
        await game.Ended.WaitAsync(Patience);
        Assert.Equal(Pairs, game.Rounds.Count(rounds => rounds >= FewestRounds));
    }

    private IActorRef Pair(Game game, int number)
    {
        var ponger = Sys.ActorOf(Props.Create(() => new Ponger()));
        return Sys.ActorOf(Props.Create(() => new Pinger(game, number, ponger)));
    }

    // Ends with the sum of all rounds, however they are spread; none counts before all pairs have been told to play.
    private sealed class Game
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _begun;
        private int _left = Pairs * RoundsForEach;

        public int[] Rounds { get; } = new int[Pairs];

        public Task Ended => _ended.Task;

        public void Begin() => _begun = true;

        public bool GoesOn(int pair)
        {
            if (!_begun)
                return true;
            var left = Interlocked.Decrement(ref _left);
            if (left >= 0)
                Rounds[pair]++;
            if (left == 0)
                _ended.SetResult();
            return left > 0;
        }
    }

    private sealed class Pinger(Game game, int number, IActorRef ponger) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (game.GoesOn(number))
                ponger.Tell(message, Self);
        }
    }

    private sealed class Ponger : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }
}
