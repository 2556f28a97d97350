using System.IO.Pipelines;
using Akka.Actor;
using Akka.Configuration;
using Handoff.Campaign.Tests.Checking;
using Handoff.Campaign.Tests.Parties;
using Handoff.Configuration;
using Handoff.Sockets;
using Handoff.TestKit.Running;
using Handoff.TestKit.Simulation;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets;

namespace Handoff.Campaign.Tests.Running;

// One actor system, in which scenarios are played one after the other. For one thread.
internal sealed class Stage : IDisposable
{
    private static readonly Config Small = ConfigurationFactory.ParseString(
        """
        handoff {
          offer.timeout = 2s
          listen { max-waiting = 4, acquire-timeout = 2s, backlog = 8 }
          connect.timeout = 5s
          io { max-write = 4KiB, received-size = 512B, max-push-back = 256B }
        }
        """);

    private readonly SeededSystem _system = SeededSystem.Create(Small);
    private readonly BlockPool _blocks = new(256, maxIdle: 1024);
    private readonly HandoffSettings _settings;
    private readonly Policies _policies = new(configured: null);
    private long _scenarios;

    public Stage() => _settings = new HandoffSettings(_system.Actors.Settings.Config);

    // Throws nothing: whatever goes wrong is in the verdict.
    public Verdict Play(int seed, bool isRecorded = false, Func<Deciding, Deciding>? mutant = null)
    {
        Deciding table = static (_, state, what, _) => OwnershipTable.Next(state, what);
        _system.Reset(seed);
        var history = isRecorded ? new History(() => _system.Clock.Elapsed) : null;
        var ledger = new Ledger(mutant?.Invoke(table) ?? table) { History = history };
        var draws = new Draws(seed);
        using var network = new SimulatedNetwork(seed, _system.Clock, Weather.Of(draws, _system.PipeScheduler));
        var index = new OwnerIndex();
        var crew = new Crew(_system, draws, ledger, index);
        var sockets = Sockets(network, index, ledger);
        var blocks = _blocks.MadeCount - _blocks.IdleCount;
        var scenario = new Scenario(crew, network, sockets);
        try
        {
            scenario.Play();
            Ending.Check(crew, scenario, network, _system.Logged);
            if (!crew.HasTorn && _blocks.MadeCount - _blocks.IdleCount != blocks)
                ledger.Violate($"{_blocks.MadeCount - _blocks.IdleCount - blocks} blocks did not come back");
        }
        catch (Exception failure)
        {
            ledger.Violate(failure.ToString());
        }
        finally
        {
            Clear(crew, sockets);
        }

        return new Verdict(seed, ledger.Violation, _system.Steps, scenario.Faults, ledger.Reached)
        {
            History = history,
            Network = isRecorded ? network.Trace : [],
        };
    }

    public void Dispose()
    {
        _system.Dispose();
        _blocks.Dispose();
    }

    private IActorRef Sockets(SimulatedNetwork network, OwnerIndex index, Ledger ledger)
    {
        var options = new ConnectionOptions(_system.PipeScheduler, PipeScheduler.Inline)
        {
            ReceiveBuffer = 1500,
            SendBuffer = 1500,
            MaxPushBack = 256,
            Blocks = _blocks,
            TimeProvider = _system.Clock,
        };
        var transports = new SocketTransports();
        transports.TryAdd(new SimulatedTransport(network, options));
        var offers = new OpenOffers(_settings.MaxOffersPerOwner, _settings.MaxOffersPerTarget);
        var rules = new Rules(_settings, index, offers, Warrant: null) { Deciding = ledger.Decide };
        var props = SocketsActor.Props(transports, new SocketCounts(), _policies, rules);
        return _system.Actors.ActorOf(props, $"sockets{++_scenarios}");
    }

    private void Clear(Crew crew, IActorRef sockets)
    {
        _system.Actors.Stop(crew.Guardian);
        _system.Actors.Stop(sockets);
        _system.RunUntilIdle();
    }
}
