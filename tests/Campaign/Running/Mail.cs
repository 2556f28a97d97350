using Akka.Actor;
using Handoff.Campaign.Tests.Checking;
using Handoff.Campaign.Tests.Parties;
using Handoff.Messages;
using Handoff.Transport.Engine;

namespace Handoff.Campaign.Tests.Running;

// The datagrams of a scenario: sockets that owners bind, and who writes to them.
internal sealed class Mail(Crew crew)
{
    private const int MostSockets = 4;

    private readonly List<Correspondent> _correspondents = [];
    private int _sockets;

    public IEnumerable<Exception> Defects => _correspondents.SelectMany(correspondent => correspondent.Defects);

    public void Begin()
    {
        Open(peer: null);
        Bind();
    }

    public void Turn()
    {
        if (crew.OneIn(8)) Bind();
        else if (crew.OneIn(8)) Open(crew.OneIn(2) ? SomePlace() : null);
        else Write();
    }

    public void Close()
    {
        foreach (var correspondent in _correspondents) correspondent.Close();
    }

    // Whoever was there all the time has got all that was accepted for it.
    public void Check()
    {
        foreach (var correspondent in _correspondents.Where(correspondent => !correspondent.Book.IsWhole))
            crew.Ledger.Violate($"correspondent {correspondent.Book.Port} has not got what was accepted for it");
        if (crew.Ledger.Post.SentThoughRefused() is { } wrong) crew.Ledger.Violate(wrong);
    }

    private int NextPort => Ports.FirstOfDatagrams + _sockets++;

    private int SomePlace()
    {
        var places = crew.Ledger.Post.Places;
        return places[crew.Below(places.Count)];
    }

    private void Bind()
    {
        if (_sockets >= MostSockets) return;
        var owner = crew.Somebody();
        var peer = crew.OneIn(4) ? Ports.At(SomePlace()) : null;
        var bind = new Bind(Ports.At(NextPort), owner)
        {
            Transport = "simulated-datagram",
            Peer = peer,
            Reading = crew.OneIn(2) ? Reading.Lease : Reading.Active(2),
            Heir = crew.Perhaps(),
        };
        crew.Sockets.Tell(bind, owner);
    }

    private void Open(int? peer)
    {
        if (_sockets >= MostSockets) return;
        var (socket, _) = crew.Ledger.Post.OpenDatagram(
            Ports.At(NextPort), peer is { } port ? Ports.At(port) : null, DatagramOptions.Default);
        if (socket is null) return;
        var correspondent = new Correspondent(crew, socket);
        _correspondents.Add(correspondent);
        correspondent.Start();
    }

    private void Write()
    {
        if (_correspondents.Count == 0) return;
        var correspondent = _correspondents[crew.Below(_correspondents.Count)];
        for (var i = crew.Below(4); i >= 0; i--) correspondent.Send(SomePlace(), crew.Below(200));
    }
}
