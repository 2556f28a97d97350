using System.IO.Pipelines;
using Akka.Actor;
using Akka.Configuration;
using Handoff.Campaign.Tests.Checking;
using Handoff.Campaign.Tests.Parties;
using Handoff.Configuration;
using Handoff.Sockets;
using Handoff.TestKit.Running;
using Handoff.TestKit.Simulation;
using Handoff.Transport.Engine;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Campaign.Tests.Running;

// One actor system, in which scenarios are played one after the other. For one thread.
internal sealed class Stage : IDisposable
{
    private static readonly Config Small = ConfigurationFactory.ParseString(
        """
        handoff {
          offer { timeout = 2s, max-per-owner = 3, max-per-target = 3 }
          release-all { in-flight = 2, progress-every = 1 }
          accept-filter { timeout = 3s, max-bytes = 1KiB, max-waiting = 2 }
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
    public Verdict Play(int seed, bool isRecorded = false, Func<Defect>? mutant = null)
    {
        var defect = mutant?.Invoke() ?? new Defect();
        _system.Reset(seed);
        var history = isRecorded ? new History(() => _system.Clock.Elapsed) : null;
        var draws = new Draws(seed);
        var weather = Weather.Of(draws, _system.PipeScheduler);
        using var network = new SimulatedNetwork(seed, _system.Clock, weather);
        var offers = new OpenOffers(_settings.MaxOffersPerOwner, _settings.MaxOffersPerTarget);
        var table = defect.Table(static (_, state, what, _) => OwnershipTable.Next(state, what), offers);
        var post = new Post(network, weather);
        var ledger = new Ledger(table, () => _system.Clock.Elapsed, post) { History = history };
        var index = new OwnerIndex();
        var rules = new Rules(_settings, index, offers, Warrant: null) { Deciding = ledger.Decide };
        var sockets = Sockets(defect.Streams(network), defect.Datagrams(post), rules);
        var crew = new Crew(_system, draws, ledger, index, sockets, new Filters(defect.Filter));
        var blocks = _blocks.MadeCount - _blocks.IdleCount;
        var scenario = new Scenario(crew, network);
        try
        {
            scenario.Play();
            Ending.Check(crew, scenario, network, _system.Logged);
            Ending.CheckLeaks(crew, network, offers);
            if (!ledger.HasTorn && !ledger.HasStrays && _blocks.MadeCount - _blocks.IdleCount != blocks)
                ledger.Violate($"{_blocks.MadeCount - _blocks.IdleCount - blocks} blocks did not come back");
        }
        catch (Exception failure)
        {
            ledger.Violate(failure.ToString());
        }
        finally
        {
            Clear(crew);
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

    private IActorRef Sockets(IEngine streams, IDatagramEngine datagrams, Rules rules)
    {
        var connections = new ConnectionOptions(_system.PipeScheduler, PipeScheduler.Inline)
        {
            ReceiveBuffer = 1500,
            SendBuffer = 1500,
            MaxPushBack = 256,
            Blocks = _blocks,
            TimeProvider = _system.Clock,
        };
        var messages = new MessageOptions(_system.PipeScheduler, PipeScheduler.Inline)
        {
            MaxMessage = 256,
            ReceiveMessages = 8,
            Blocks = _blocks,
            TimeProvider = _system.Clock,
        };
        var transports = new SocketTransports();
        transports.TryAdd(new SimulatedTransport(streams, connections));
        transports.TryAdd(new SimulatedDatagramTransport(datagrams, messages));
        var props = SocketsActor.Props(transports, new SocketCounts(), _policies, rules);
        return _system.Actors.ActorOf(props, $"sockets{++_scenarios}");
    }

    private void Clear(Crew crew)
    {
        _system.Actors.Stop(crew.Guardian);
        _system.Actors.Stop(crew.Sockets);
        _system.RunUntilIdle();
    }
}
