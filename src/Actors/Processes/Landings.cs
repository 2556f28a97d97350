using Akka.Actor;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Processes;

// Makes sockets of what has come, for the actor of all sockets.
internal sealed class Landings(
    LinuxEngine engine,
    ConnectionOptions options,
    MessageOptions messages,
    IActorRef sockets,
    SocketCounts ids,
    Policies policies,
    AssociationLandings associations,
    ActorSystem system)
{
    // Who takes in what lands.
    public IActorRef Sockets => sockets;

    public long NextId() => ids.Next();

    // Why such a socket cannot come here; null where it can.
    public SocketResult? Obstacle(SocketFacts facts) => WireFacts.Unfit(facts)
        ?? (AssociationBaggage.IsOf(facts) ? associations.Obstacle() : null);

    // What a peer says of what comes may be nonsense; null where it makes sense.
    public SocketResult? Nonsense(ArrivedSocket arrived) => arrived.Facts.Kind switch
    {
        HandleKind.Stream => Baggage.Nonsense(arrived.Baggage),
        HandleKind.Datagram or HandleKind.Records => MessageBaggage.Nonsense(arrived, messages),
        _ => Baggage.NonsenseOfListener(arrived.Baggage),
    };

    public SocketResult? Objection(Messages.SocketFacts facts, IActorRef owner, IActorRef caller)
    {
        if (policies.Current is not { } policy) return null;
        var why = new Warrant(policy, credential: null, system).ObjectionToArrival(facts, owner, caller);
        return why is null ? null : new(ResultCode.EESECURITY, $"Acquire: policy forbids it: {why}");
    }

    // The teller is told TakenIn, and ends what nobody takes in. Null: it came to nothing, and who acquired it knows.
    public SocketsActor.TakeIn? Land(TakenSocket taken, Place place, IActorRef teller)
    {
        var code = ResultCode.EEABORTED;
        try
        {
            code = Land(taken, place, out var how);
            if (code is not ResultCode.EESUCCESS) return null;
            sockets.Tell(how, teller);
            return how;
        }
        finally
        {
            if (code is not ResultCode.EESUCCESS) TellBroken(place, taken, code, teller);
        }
    }

    private ResultCode Land(TakenSocket taken, Place place, out SocketsActor.TakeIn how)
    {
        how = new SocketsActor.TakeIn(place.Facts.Id, place.Facts.Transport, place.Acquire!, place.Attachment)
        {
            IsDurable = place.IsDurable, Copy = place.Copy,
        };
        var (local, remote) = (taken.Facts.Local, taken.Facts.Remote);
        return taken.Facts.Kind switch
        {
            HandleKind.Stream => Land(engine.Adopt(taken.Descriptor, local, remote), taken, ref how),
            HandleKind.Datagram => Land(engine.AdoptDatagrams(taken.Descriptor, local, remote), taken, ref how),
            HandleKind.Records when AssociationBaggage.IsOf(taken.Facts) =>
                Land(associations.Adopt(taken.Descriptor, taken.Facts), taken, ref how),
            HandleKind.Records => Land(engine.AdoptRecords(taken.Descriptor, local, remote), taken, ref how),
            HandleKind.Listener => Land(engine.AdoptListener(taken.Descriptor), ref how),
            _ => Land(engine.AdoptRecordListener(taken.Descriptor), ref how),
        };
    }

    private ResultCode Land(SocketOr<IStreamSocket> adopted, TakenSocket taken, ref SocketsActor.TakeIn how)
    {
        if (adopted.Socket is not { } socket) return adopted.Code;

        // Policy was asked about what was said to come.
        if (!Equals(socket.RemoteEndPoint, taken.Facts.Remote) || !Equals(socket.LocalEndPoint, taken.Facts.Local))
        {
            socket.Dispose();
            return ResultCode.EEBADDATA;
        }

        var connection = new SocketConnection(socket, options, Baggage.ToConnection(taken.Baggage));
        if (how.IsDurable) connection.SetDurable(isOn: true);
        how = how with { Newcomer = connection };
        return adopted.Code;
    }

    private ResultCode Land(SocketOr<IDatagramSocket> adopted, TakenSocket taken, ref SocketsActor.TakeIn how)
    {
        if (adopted.Socket is not { } socket) return adopted.Code;
        var newcomer = new MessageSocket(socket, messages, MessageBaggage.ToSocket(taken.Baggage));
        if (how.By.ForPrograms) newcomer.LeaveToPrograms();
        how = how with { Newcomer = newcomer };
        return adopted.Code;
    }

    private ResultCode Land(SocketOr<IListenSocket> adopted, ref SocketsActor.TakeIn how)
    {
        if (adopted.Socket is not { } socket) return adopted.Code;
        how = how with { Source = new AcceptSource.OfStreams(new SocketListener(socket, options)) };
        return adopted.Code;
    }

    private ResultCode Land(SocketOr<IRecordListenSocket> adopted, ref SocketsActor.TakeIn how)
    {
        if (adopted.Socket is not { } socket) return adopted.Code;
        how = how with { Source = new AcceptSource.OfRecords(new RecordListener(socket, messages)) };
        return adopted.Code;
    }

    // It is nobody's.
    private static void TellBroken(Place place, TakenSocket taken, ResultCode code, IActorRef teller)
    {
        taken.Descriptor.Dispose();
        var why = new SocketResult(code, $"what came is no {place.Facts.Kind}: {code.Text()}");
        place.Asker?.Tell(Refusals.Of(teller, place.Acquire!, why), teller);
    }
}
