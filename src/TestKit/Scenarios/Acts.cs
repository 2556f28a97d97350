using Akka.Actor;

namespace Handoff.TestKit.Scenarios;

/// <summary>Who does something: the beginning of a sentence of a story.</summary>
public sealed class Acts
{
    private readonly Stage _stage;

    internal Acts(Stage stage) => _stage = stage;

    /// <summary>An actor, by its name in the story; it lives from its first mention on. Owner, target, heir and
    /// stranger are words for the reader: each is an actor that may become any other.</summary>
    /// <param name="name">A name that an actor can have.</param>
    public PartyActs Owner(string name) => new(_stage, _stage.PartyOf(name));

    /// <inheritdoc cref="Owner"/>
    public PartyActs Target(string name) => Owner(name);

    /// <inheritdoc cref="Owner"/>
    public PartyActs Heir(string name) => Owner(name);

    /// <inheritdoc cref="Owner"/>
    public PartyActs Stranger(string name) => Owner(name);

    /// <summary>An actor of the test's own, for example one that is to be tested. It is stopped at the end; what it is
    /// told and does is not watched, but its sockets are.</summary>
    /// <param name="name">Its name in the story: others can release to it, and it can be an acceptor.</param>
    /// <param name="props">How it is made; <c>Scenario.RefOf</c> has the refs of the others.</param>
    public void Actor(string name, Props props) => _stage.Enter(name, props);

    /// <summary>An actor that is there already, such as one of another actor system; the rest is as for
    /// <see cref="Actor(string, Props)"/>, but nobody stops it at the end.</summary>
    /// <param name="name">Its name in the story.</param>
    /// <param name="actor">Who.</param>
    public void Actor(string name, IActorRef actor) => _stage.Enter(name, actor);

    /// <summary>The other end of a connection.</summary>
    /// <param name="connection">The connection's name in the story.</param>
    public PeerActs Peer(string connection) => new(_stage, connection);

    /// <summary>Somebody elsewhere with a datagram socket, who is there from the first mention on.</summary>
    /// <param name="name">A name in the story.</param>
    public SenderActs Sender(string name) => new(_stage, _stage.SenderOf(name));

    /// <summary>The actor of a socket, against which something happens from outside.</summary>
    /// <param name="socket">The socket's name in the story.</param>
    public SocketActs SocketActor(string socket) => new(_stage, socket);

    /// <summary>Time passes, from one due time to the next.</summary>
    /// <param name="time">How much.</param>
    public void TimePasses(TimeSpan time)
    {
        _stage.Note($"{time} passes");
        _stage.System.Advance(time);
        _stage.Rest();
    }

    /// <summary>
    /// Several sentences at the same time: the seed decides what happens first, down to each message.
    /// </summary>
    /// <param name="acts">The sentences; none may depend on what another comes to.</param>
    public void Together(Action<Acts> acts)
    {
        ArgumentNullException.ThrowIfNull(acts);
        _stage.Together(() => acts(this));
    }

    /// <summary>
    /// Sentences for later: time passes, and they happen together with whatever else is due at that instant.
    /// </summary>
    /// <param name="time">How much later.</param>
    /// <param name="acts">The sentences.</param>
    public void After(TimeSpan time, Action<Acts> acts)
    {
        ArgumentNullException.ThrowIfNull(acts);
        using var timer = _stage.System.Clock.CreateTimer(
            _ => _stage.Unrested(() => acts(this)), null, time, Timeout.InfiniteTimeSpan);
        TimePasses(time);
    }
}
