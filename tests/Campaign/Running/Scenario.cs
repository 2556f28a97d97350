using Akka.Actor;
using Handoff.Campaign.Tests.Checking;
using Handoff.Campaign.Tests.Parties;
using Handoff.Messages;
using Handoff.TestKit.Simulation;
using Handoff.Transport.Engine;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.Campaign.Tests.Running;

// A random program: owners, peers, the network and time, one thing after the other, and then the end of everything.
internal sealed class Scenario(Crew crew, SimulatedNetwork network)
{
    private const int MostConnections = 4;

    private static readonly Act[] OwnerActs =
    [
        Act.Release, Act.Release, Act.Release, Act.Release, Act.ReleaseToSeveral, Act.ReleaseForwardable,
        Act.Revoke, Act.Write, Act.Write, Act.WriteUnflushed, Act.Consume, Act.Consume, Act.ChangeReading,
        Act.GoOnReading, Act.GoOnReading, Act.SetHeir, Act.FinishSending, Act.UseStaleHandle, Act.UseStaleHandle,
        Act.AnswerLate, Act.Close, Act.ReleaseAgain, Act.ReleaseAll, Act.Lend, Act.Lend, Act.Return, Act.Splice,
        Act.Splice, Act.Unsplice, Act.ChangeFilter, Act.SendLetter,
    ];

    private readonly List<Peer> _peers = [];
    private readonly List<Task> _arriving = [];
    private readonly Mail? _mail = crew.OneIn(3) ? new Mail(crew) : null;
    private IListenSocket? _peerListener;
    private int _connections;
    private int _faults;

    public IReadOnlyList<Peer> Peers => _peers;

    public IEnumerable<Exception> Defects =>
        _arriving.Where(task => task.IsFaulted).Select(task => task.Exception!.InnerException!)
            .Concat(_peers.SelectMany(peer => peer.Defects)).Concat(crew.Loops.SelectMany(loop => loop.Defects))
            .Concat(_mail?.Defects ?? []).Concat(crew.LetterLoops.SelectMany(loop => loop.Defects));

    public int Faults => _faults;

    public void Play()
    {
        Begin();
        var turns = 20 + crew.Below(60);
        for (var i = 0; i < turns && crew.Ledger.Violation is null; i++)
        {
            if (_faults == 0 && i == turns / 2) Befall();
            else Turn();
            Pass();
        }

        if (crew.Ledger.Violation is null) Finish();
    }

    public void Settle(TimeSpan atMost, Func<bool> isOver)
    {
        var until = crew.System.Clock.Elapsed + atMost;
        crew.System.RunUntilIdle();
        while (!isOver() && crew.System.Clock.NextDue is { } due && due <= until) crew.System.AdvanceToNext();
    }

    private void Begin()
    {
        var props = Guardian.Props(crew, 2 + crew.Below(3));
        crew.Guardian = crew.System.Actors.ActorOf(props);
        crew.System.RunUntilIdle();
        Listen();
        _peerListener = network.Listen(Ports.At(Ports.PeerListener), 8).Socket;
        _arriving.Add(crew.System.Begin(AcceptAsync));
        crew.System.RunUntilIdle();
        Connect();
        _mail?.Begin();
    }

    private void Listen()
    {
        var isRouted = crew.OneIn(8);
        var owner = crew.Somebody();
        var acceptor = isRouted ? crew.Router : crew.OneIn(2) ? crew.Somebody() : null;
        var listen = new Listen(Ports.At(Ports.Acceptors), owner, acceptor)
        {
            Transport = "simulated",
            Mode = isRouted || crew.OneIn(4) ? OfferMode.AnyHolder : OfferMode.InOrder,
            AcceptFilter = Filter(),
        };
        crew.Sockets.Tell(listen, ActorRefs.NoSender);
    }

    private IAcceptFilter? Filter()
    {
        crew.Ledger.LeastShown = crew.OneIn(4) ? 1 + crew.Below(200) : 0;
        return crew.Ledger.LeastShown switch
        {
            0 => null,
            1 => crew.Filters.DataReady,
            var least => crew.Filters.Wanting(least),
        };
    }

    private void Turn()
    {
        switch (crew.Below(_mail is null ? 20 : 22))
        {
            case < 9: Tell(crew.SomebodyAlive(), OwnerActs[crew.Below(OwnerActs.Length)]); break;
            case < 11: Connect(); break;
            case < 15: PeerActs(); break;
            case < 17: Befall(); break;
            case > 19: _mail?.Turn(); break;
            default: crew.System.Advance(TimeSpan.FromMilliseconds(1 << crew.Below(13))); break;
        }
    }

    // Things happen at once, one after the other, or in between.
    private void Pass()
    {
        switch (crew.Below(3))
        {
            case 0:
                crew.System.RunUntilIdle();
                break;
            case 1:
                for (var i = crew.Below(12); i > 0 && crew.System.Step(); i--)
                {
                }

                break;
        }
    }

    private static void Tell(IActorRef owner, Act act) => owner.Tell(act, ActorRefs.NoSender);

    private void Connect()
    {
        if (_connections == MostConnections) return;
        _connections++;
        if (crew.OneIn(3))
        {
            var owner = crew.Somebody();
            var reading = crew.OneIn(2) ? Reading.Lease : Reading.Active(2);
            var connect = new Connect(Ports.At(Ports.PeerListener), owner)
            {
                Transport = "simulated",
                Reading = reading,
                Heir = crew.OneIn(4) ? crew.Somebody() : null,
            };
            crew.Sockets.Tell(connect, owner);
        }
        else
        {
            _arriving.Add(crew.System.Begin(ConnectAsync));
        }
    }

    private void PeerActs()
    {
        if (_peers.Count == 0) return;
        var peer = _peers[crew.Below(_peers.Count)];
        if (!peer.IsOpen) return;
        switch (crew.Below(12))
        {
            case < 6: peer.Send(1 + crew.Below(600)); break;
            case < 8: peer.Send(4000 + crew.Below(4000)); break;
            case 8: peer.PauseReading(); break;
            case 9: peer.ResumeReading(); break;
            case 10: peer.Finish(); break;
            default: peer.Close(isAbort: crew.OneIn(2)); break;
        }
    }

    // A fault: an owner's, or the network's.
    private void Befall()
    {
        var links = network.Links;
        var link = links.Count > 0 && crew.OneIn(2) ? links[crew.Below(links.Count)] : null;
        var owner = crew.SomebodyAlive();
        _faults++;
        switch (crew.Below(8))
        {
            case 0 when link is not null: link.Reset(); break;
            case 1 when link is not null: link.Cut(); break;
            case < 8 when link is not null: link.Stall(TimeSpan.FromMilliseconds(1 << crew.Below(12))); break;
            case 0 when crew.Owners.Any(other => other != owner && !crew.IsDead(other)): Stop(owner); break;
            case 1: Tell(owner, Act.Abort); break;
            case 2: CrashAgainAndAgain(owner); break;
            default: Tell(owner, Act.Crash); break;
        }
    }

    // What it reads may be what it crashes on.
    private void CrashAgainAndAgain(IActorRef owner)
    {
        for (var i = 0; i < 8; i++)
        {
            Tell(owner, Act.Crash);
            crew.System.RunUntilIdle();
        }
    }

    private void Stop(IActorRef owner)
    {
        crew.Note($"{owner.Path.Name} stops");
        crew.Ledger.HasTorn = true;
        crew.Died(owner);
        crew.System.Actors.Stop(owner);
    }

    private void Finish()
    {
        crew.Note("the end begins");
        crew.IsFinishing = true;
        crew.System.RunUntilIdle();
        foreach (var peer in _peers.ToArray()) peer.Finish();
        foreach (var owner in crew.Owners) Tell(owner, Act.Drain);
        // The slowest network needs minutes for all that may be under way.
        Settle(TimeSpan.FromMinutes(10), () => Ending.AllAreOver(crew));
        Ending.CheckLiveness(crew, this);
        // What is on offer is closed by who acquires it, or by nobody at its deadline.
        for (var i = 0; i < 3; i++)
        {
            foreach (var owner in crew.Owners) Tell(owner, Act.CloseAll);
            Settle(TimeSpan.FromSeconds(30), () => false);
        }

        foreach (var peer in _peers.Where(peer => peer.IsOpen)) peer.Close(isAbort: false);
        _peerListener?.Dispose();
        Settle(TimeSpan.FromSeconds(60), () => false);
        _mail?.Check();
        _mail?.Close();
        crew.System.RunUntilIdle();
    }

    private async Task ConnectAsync()
    {
        var (socket, code) = await network.ConnectAsync(
            Ports.At(Ports.Acceptors), TimeSpan.FromSeconds(5), crew.System.Clock, CancellationToken.None);
        if (socket is null) crew.Note($"a peer cannot connect: {code}");
        else Add(socket);
    }

    private async Task AcceptAsync()
    {
        if (_peerListener is null) return;
        while (true)
        {
            var (socket, code) = await _peerListener.AcceptAsync(CancellationToken.None);
            if (code is Transport.ResultCode.EEBADF) return;
            if (socket is not null) Add(socket);
            else if (code is Transport.ResultCode.EENOSOCKS) await PauseAsync();
        }
    }

    private async Task PauseAsync()
    {
        var passed = new TaskCompletionSource();
        await using var timer = crew.System.Clock.CreateTimer(
            _ => passed.SetResult(), null, TimeSpan.FromMilliseconds(100), Timeout.InfiniteTimeSpan);
        await passed.Task;
    }

    private void Add(IStreamSocket socket)
    {
        var link = network.Link(socket.LocalEndPoint!, socket.RemoteEndPoint!);
        var line = crew.Ledger.Line(Ports.OfClient(socket.LocalEndPoint, socket.RemoteEndPoint));
        line.HasPeer = true;
        var peer = new Peer(crew, socket, link, line);
        _peers.Add(peer);
        peer.Start();
        if (crew.IsFinishing) peer.Finish();
    }
}
