using Akka.Actor;
using Handoff.Messages;
using Handoff.TestKit.Parties;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.TestKit.Scenarios;

/// <summary>
/// What an actor of a story does: with what it owns, with what it is offered, and by itself. Sockets go by their names
/// in the story; each command carries the last handle that the actor was given, also where it is void by now.
/// </summary>
public sealed partial class PartyActs
{
    private readonly Stage _stage;
    private readonly Party _party;

    internal PartyActs(Stage stage, Party party) => (_stage, _party) = (stage, party);

    /// <summary>It has the handles and offers that another has now, as if they had leaked.</summary>
    /// <param name="other">Whose.</param>
    public PartyActs Copies(string other)
    {
        _party.Copy(_stage.PartyOf(other));
        return this;
    }

    /// <summary>Owns a new connection, whose peer is <c>Peer(connection)</c>.</summary>
    /// <param name="connection">What it is called from here on.</param>
    /// <param name="reading">How it reads; by lease if null.</param>
    /// <param name="heir">Who is asked if it stops; nobody if null.</param>
    public PartyActs Holds(string connection, Reading? reading = null, string? heir = null)
    {
        var usual = _party.Answer;
        _party.Answer = new Answer.Acquire(reading ?? Reading.Lease, heir is null ? null : _stage.PartyOf(heir), null);
        _stage.Connect(connection, _stage.Names.PlaceOf(_stage.DoorOf(_party)));
        _stage.Until(() => _party.Of(connection).Handle is null ? $"{_party.Name} is not given {connection}" : null);
        _party.Answer = usual;
        return this;
    }

    /// <summary>Owns a listener, to which peers connect.</summary>
    /// <param name="door">What it is called from here on.</param>
    /// <param name="acceptor">Who is offered the connections; this actor, or whoever owns the listener by then, if
    /// null.</param>
    /// <param name="mode">Who may acquire one.</param>
    /// <param name="filter">What a connection has to show before it is offered; nothing if null.</param>
    public PartyActs Listens(
        string door, string? acceptor = null, OfferMode mode = OfferMode.InOrder, IAcceptFilter? filter = null)
    {
        _stage.Listen(_party, door, acceptor is null ? null : _stage.PartyOf(acceptor), mode, filter);
        return this;
    }

    /// <summary>Connects to a peer that listens; owns the connection once that has answered.</summary>
    /// <param name="connection">The connection's name in the story, which is the peer's.</param>
    /// <param name="reading">How it reads; by lease if null.</param>
    public PartyActs ConnectsTo(string connection, Reading? reading = null)
    {
        var connect = new Connect(_stage.PlaceOfCalled(connection), _party.Ref)
        {
            Transport = _stage.Theatre.Door.Name,
            Reading = reading ?? Reading.Lease,
        };
        return Does(self => _party.Send(_stage.Sockets, connect, self));
    }

    /// <summary>Sends any other command of an owner.</summary>
    /// <param name="socket">To which socket.</param>
    /// <param name="command">The command, out of the last handle that the actor was given.</param>
    public PartyActs Commands(string socket, Func<SocketHandle, object> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return Does(self => _party.Send(Handle(socket).Socket, command(Handle(socket)), self));
    }

    /// <summary>Answers its last offer by any other command.</summary>
    /// <param name="socket">Of which socket.</param>
    /// <param name="answer">The command, out of the offer and the ref of the actor.</param>
    public PartyActs Answers(string socket, Func<OfferHandle, IActorRef, object> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Does(self => _party.Send(Offer(socket).Socket, answer(Offer(socket), self), self));
    }

    /// <summary>Offers a socket to others: says how, and then to whom.</summary>
    /// <param name="socket">Which.</param>
    public ReleaseActs Releases(string socket) => new(this, _stage, Handle(socket));

    /// <summary>Takes the last offer back.</summary>
    /// <param name="socket">Of which socket.</param>
    public PartyActs Revokes(string socket) => Sends(new Revoke(
        Handle(socket),
        _party.Of(socket).Release ?? throw new StoryException($"{_party.Name} did not release {socket}")));

    /// <summary>Acquires what it was offered.</summary>
    /// <param name="socket">Which.</param>
    /// <param name="reading">How it reads; by lease if null.</param>
    /// <param name="heir">Who is asked if it stops; nobody if null.</param>
    public PartyActs Acquires(string socket, Reading? reading = null, string? heir = null) =>
        Does(self => _party.Send(
            Offer(socket).Socket,
            new Acquire(Offer(socket), self)
            {
                Reading = reading ?? Reading.Lease,
                Heir = heir is null ? null : _stage.PartyOf(heir).Ref,
            },
            self));

    /// <summary>Declines what it was offered.</summary>
    /// <param name="socket">Which.</param>
    /// <param name="reason">Why.</param>
    public PartyActs Declines(string socket, string reason) =>
        Does(self => _party.Send(Offer(socket).Socket, new Decline(Offer(socket), self, reason), self));

    /// <summary>Closes a socket gracefully.</summary>
    /// <param name="socket">Which.</param>
    public PartyActs Closes(string socket) => Sends(new Close(Handle(socket)));

    /// <summary>Resets the peer and closes at once.</summary>
    /// <param name="socket">Which.</param>
    public PartyActs Aborts(string socket) => Sends(new Abort(Handle(socket)));

    /// <summary>Names who is asked if it stops.</summary>
    /// <param name="socket">For which socket.</param>
    /// <param name="heir">Who; null for nobody.</param>
    public PartyActs NamesHeir(string socket, string? heir) =>
        Sends(new SetHeir(Handle(socket), heir is null ? null : _stage.PartyOf(heir).Ref));

    /// <summary>Takes a socket up again, as after a restart.</summary>
    /// <param name="socket">Which.</param>
    /// <param name="reading">How it reads from now on; as before if null.</param>
    public PartyActs Reattaches(string socket, Reading? reading = null) =>
        Does(self => _party.Send(
            Handle(socket).Socket, new Reattach(Handle(socket), self) { Reading = reading }, self));

    /// <summary>Throws, and is restarted by its supervisor.</summary>
    public PartyActs Crashes()
    {
        _stage.MayTear |= _party.HasOpen;
        return Does(_ => throw new CrashException($"{_party.Name} crashes because the story says so"));
    }

    /// <summary>Stops for good.</summary>
    public PartyActs Stops()
    {
        _stage.MayTear |= _party.HasOpen;
        return Does(_stage.System.Actors.Stop);
    }

    /// <summary>From here on it acquires whatever it is offered.</summary>
    /// <param name="reading">How it reads; by lease if null.</param>
    /// <param name="heir">Who is asked if it stops.</param>
    /// <param name="releasingTo">Whom it then releases it to at once.</param>
    public PartyActs WillAcquire(Reading? reading = null, string? heir = null, string? releasingTo = null) =>
        Will(new Answer.Acquire(
            reading ?? Reading.Lease,
            heir is null ? null : _stage.PartyOf(heir),
            releasingTo is null ? null : _stage.PartyOf(releasingTo)));

    /// <summary>From here on it declines whatever it is offered.</summary>
    /// <param name="reason">Why.</param>
    public PartyActs WillDecline(string reason) => Will(new Answer.Decline(reason));

    /// <summary>From here on it throws at whatever it is offered.</summary>
    public PartyActs WillThrow() => Will(new Answer.Throw());

    /// <summary>From here on it stops when it is offered something.</summary>
    public PartyActs WillStop() => Will(new Answer.Stop());

    /// <summary>From here on it sends each offer on to another, as a router does.</summary>
    /// <param name="other">Who.</param>
    public PartyActs WillForwardTo(string other) => Will(new Answer.Forward(_stage.PartyOf(other)));

    /// <summary>From here on it takes what it owns up again when it was restarted.</summary>
    public PartyActs WillReattach()
    {
        _party.Reattaches = true;
        return this;
    }

    internal PartyActs Sends(ISocketCommand command) =>
        Does(self => _party.Send(command.Handle.Socket, command, self));

    private PartyActs Will(Answer answer)
    {
        _party.Answer = answer;
        return this;
    }

    private PartyActs Does(Action<IActorRef> act)
    {
        _stage.Do(_party, act);
        return this;
    }

    private SocketHandle Handle(string socket) => _party.Of(socket).Handle
        ?? throw new StoryException($"{_party.Name} was never given {socket}");

    private OfferHandle Offer(string socket) => _party.Of(socket).Offered?.Offer
        ?? throw new StoryException($"{_party.Name} was never offered {socket}");
}
