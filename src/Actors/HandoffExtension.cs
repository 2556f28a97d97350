using System.Net;
using Akka.Actor;
using Handoff.Configuration;
using Handoff.Messages;
using Handoff.Policy;
using Handoff.Processes;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Records;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.AcceptFilters;
using Handoff.Transport.Tcp;
using Handoff.Transport.Udp;
using Handoff.Transport.Unix;

namespace Handoff;

/// <summary>
/// Sockets that are actors, for one actor system. Actors tell <see cref="Sockets"/> what to open; code outside actors
/// awaits <see cref="ConnectAsync"/>, <see cref="ListenAsync"/>, <see cref="BindAsync"/>, <see cref="GetAsync"/>
/// and <see cref="OpenTargetAsync"/>.
/// </summary>
public sealed class HandoffExtension : IExtension
{
    private readonly SocketTransports _transports = new();
    private readonly Policies _policies;

    internal HandoffExtension(ExtendedActorSystem system)
    {
        System = system;
        SchedulerStart.Begin(system);
        Settings = new HandoffSettings(system.Settings.Config);
        _policies = Policies.Load(system, Settings.Policy);
        var offers = new OpenOffers(Settings.MaxOffersPerOwner, Settings.MaxOffersPerTarget);
        var ids = new SocketCounts();
        Rules = new Rules(Settings, Owners, offers, Warrant: null) { Ids = ids };
        SocketMeter.Follow(system, Owners);
        var engine = Engines.Start(system, Settings.Engine);
        IsReserveTouched = engine is LinuxEngine linux ? () => linux.Reserve.IsTouched : static () => false;
        _transports.TryAdd(new TcpTransport(engine, Settings.Connections));
        _transports.TryAdd(new UnixTransport(engine, Settings.Connections)
        {
            RemovesStaleFiles = Settings.RemovesStaleFiles,
        });
        if (engine is IDatagramEngine datagrams) AddMessages(datagrams, Settings.Datagrams);
        Sctp = new SctpDoor(Settings.Sctp, engine as LinuxEngine, Settings.Connections.TimeProvider);
        AddSctp(SctpStyle.OneToMany);
        AddSctp(SctpStyle.OneToOne);
        Sockets = system.SystemActorOf(SocketsActor.Props(_transports, ids, _policies, Rules), "handoff");
        Anchors = new Anchors(system, Sockets, Settings.OfferTimeout);
        (Processes, Keeper) = ProcessesStart.Begin(
            system, engine as LinuxEngine, Sockets, ids, _policies, Sctp.Get, Rules);
    }

    /// <summary>The values of <c>handoff</c> in the system's configuration.</summary>
    public HandoffSettings Settings { get; }

    /// <summary>Opens sockets: takes <see cref="Listen"/>, <see cref="Connect"/> and <see cref="Bind"/>;
    /// <see cref="Get"/> and <see cref="GetNames"/>; <see cref="ReleaseAll"/>; and <see cref="GetSockets"/>.</summary>
    public IActorRef Sockets { get; }

    /// <summary>Other processes of this host: takes <see cref="OpenPeer"/> and <see cref="OpenService"/>; and
    /// <see cref="OpenProgram"/>.</summary>
    public IActorRef Processes { get; }

    /// <summary>Whoever has sockets kept: takes <see cref="OpenKeeper"/> and <see cref="AdoptKept"/>, and
    /// <see cref="GetInherited"/> and <see cref="AdoptInherited"/>; <see cref="Keep"/> is told to a socket.</summary>
    public IActorRef Keeper { get; }

    internal ActorSystem System { get; }

    // For code outside actors.
    internal Anchors Anchors { get; }

    internal SctpDoor Sctp { get; }

    internal Func<bool> IsReserveTouched { get; }

    internal OwnerIndex Owners { get; } = new();

    // Of sockets that no policy is asked about.
    internal Rules Rules { get; }

    /// <summary>The extension of an actor system; made on first use.</summary>
    /// <param name="system">The actor system.</param>
    public static HandoffExtension For(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.WithExtension<HandoffExtension, HandoffExtensionProvider>();
    }

    /// <summary>
    /// The handles of the sockets that the calling actor owns now, in the order of their numbers: for one that was
    /// restarted and sends <see cref="Reattach"/>. A socket that it has on offer is among them.
    /// </summary>
    /// <param name="self">
    /// The caller's <c>Self</c>. A handle is its owner's authority, so an actor is told of its own only.
    /// </param>
    /// <exception cref="InvalidOperationException">The caller is not that actor, or no actor at all.</exception>
    public IReadOnlyList<SocketHandle> OwnedBy(IActorRef self)
    {
        ArgumentNullException.ThrowIfNull(self);
        if (!Caller.Is(self)) throw new InvalidOperationException($"Only {self} itself may ask what it owns.");
        return Owners.Of(self);
    }

    /// <summary>Adds a transport, which <c>Listen.Transport</c> and <c>Connect.Transport</c> name.</summary>
    /// <param name="transport">
    /// The transport, for example one in memory. Its name is a part of the names of its actors.
    /// </param>
    /// <exception cref="ArgumentException">No actor can have such a name.</exception>
    /// <exception cref="InvalidOperationException">There is one of that name already.</exception>
    public void AddTransport(ITransport transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        if (!ActorPath.IsValidPathElement(transport.Name))
        {
            throw new ArgumentException($"No actor can be named '{transport.Name}'.", nameof(transport));
        }

        if (!_transports.TryAdd(transport))
        {
            throw new InvalidOperationException($"There is a transport named '{transport.Name}' already.");
        }
    }

    /// <summary>
    /// Sets the policy that is asked about every socket that is opened from now on, and what it accepts; once. Instead
    /// of <c>handoff.policy</c>, and before the first socket.
    /// </summary>
    /// <param name="policy">Who is asked.</param>
    /// <exception cref="InvalidOperationException">There is a policy already.</exception>
    public void UsePolicy(ISocketPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (!_policies.TrySet(policy)) throw new InvalidOperationException("There is a socket policy already.");
    }

    /// <summary>Connects, for code outside actors.</summary>
    /// <param name="endPoint">The peer's address.</param>
    /// <param name="transport">The transport's name; null takes the one for such an address.</param>
    /// <param name="within">How long connecting may take; null for <c>handoff.connect.timeout</c>.</param>
    /// <param name="credential">What policy is shown, as for <see cref="Connect"/>.</param>
    /// <param name="local">The address to connect from; null leaves it to the system.</param>
    /// <exception cref="SocketFailedException">The code says why, as for <see cref="Connect"/>.</exception>
    public Task<OwnedSocket> ConnectAsync(
        EndPoint endPoint,
        string? transport = null,
        TimeSpan? within = null,
        object? credential = null,
        EndPoint? local = null) =>
        Anchors.OwnAsync(self => new Connect(endPoint, self)
        {
            Transport = transport, Within = within, Credential = credential, Local = local,
        });

    /// <summary>
    /// Takes over the socket that is given under a name, for code outside actors. A listener is got by an actor: here
    /// it is closed, and the code is <c>EEMODENOTSUPP</c>.
    /// </summary>
    /// <param name="name">The name, in upper or lower case.</param>
    /// <param name="within">How long to wait for somebody to give it; null does not wait.</param>
    /// <param name="scope">Where to look; null for <c>handoff.give.scope</c>.</param>
    /// <param name="cancellationToken">Ends the wait. What was on its way by then comes all the same.</param>
    /// <exception cref="SocketFailedException">The code says why, as for <see cref="Get"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, and what is given stays so.</exception>
    public async Task<OwnedSocket> GetAsync(
        string name,
        TimeSpan? within = null,
        NameScope? scope = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        cancellationToken.ThrowIfCancellationRequested();
        var anchor = await Anchors.OpenAsync(maxOffers: 1);
        var get = new Get(name, anchor.Self) { Within = within, Scope = scope };
        var owning = Anchors.OwnAsync(anchor, get);

        // Behind the get, by the same way.
        await using var cancelling = cancellationToken.Register(
            () => anchor.Tell(Sockets, new NamesActor.Cancel(get)));
        try
        {
            return await owning;
        }
        catch (SocketFailedException gone)
            when (gone.Code is ResultCode.EEINTR && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(gone.Message, gone, cancellationToken);
        }
    }

    /// <summary>Opens a datagram socket, for code outside actors.</summary>
    /// <param name="endPoint">Where to receive; port 0 takes any free one; null leaves it to the system.</param>
    /// <param name="peer">The one peer; null for anybody.</param>
    /// <param name="transport">The transport's name; null takes the one for such an address.</param>
    /// <param name="sharesAddress">As <see cref="Bind.SharesAddress"/>.</param>
    /// <exception cref="SocketFailedException">The code says why, as for <see cref="Bind"/>.</exception>
    public Task<OwnedSocket> BindAsync(
        EndPoint? endPoint, EndPoint? peer = null, string? transport = null, bool sharesAddress = false) =>
        Anchors.OwnAsync(self => new Bind(endPoint, self)
        {
            Transport = transport, Peer = peer, SharesAddress = sharesAddress,
        });

    /// <summary>Listens, for code outside actors, and offers each accepted connection to the acceptor.</summary>
    /// <param name="endPoint">Where to listen; port 0 takes any free one.</param>
    /// <param name="acceptor">Who is offered the connections: an actor, or <c>SocketTarget.Ref</c>.</param>
    /// <param name="transport">The transport's name; null takes the one for such an address.</param>
    /// <param name="mode">Who may acquire an accepted connection.</param>
    /// <param name="credential">What policy is shown, as for <see cref="Listen"/>.</param>
    /// <param name="acceptFilter">As <see cref="Listen.AcceptFilter"/>.</param>
    /// <exception cref="SocketFailedException">The code says why, as for <see cref="Listen"/>.</exception>
    public Task<ListeningSocket> ListenAsync(
        EndPoint endPoint,
        IActorRef acceptor,
        string? transport = null,
        OfferMode mode = OfferMode.InOrder,
        object? credential = null,
        IAcceptFilter? acceptFilter = null) =>
        Anchors.ListenAsync(self => new Listen(endPoint, self, acceptor)
        {
            Transport = transport, Mode = mode, Credential = credential, AcceptFilter = acceptFilter,
        });

    /// <summary>The status of many sockets, a page at a time, for code outside actors.</summary>
    /// <param name="after">As <see cref="GetSockets.After"/>.</param>
    /// <param name="most">As <see cref="GetSockets.Most"/>.</param>
    /// <param name="credential">What policy is shown, as for <see cref="GetSockets"/>.</param>
    /// <exception cref="SocketFailedException">The code says why, as for <see cref="GetSockets"/>.</exception>
    public async Task<SocketPage> StatusAsync(long after = 0, int? most = null, object? credential = null)
    {
        var query = new GetSockets { After = after, Most = most, Credential = credential };

        // The page comes at its own time-out, with what there is then.
        return await Sockets.Ask<object>(query, 2 * Settings.Status.Timeout) switch
        {
            SocketPage page => page,
            Refused refused => throw new SocketFailedException(refused.Result),
            var other => throw new InvalidOperationException($"Unexpected answer: {other}"),
        };
    }

    /// <summary>Makes a target for code outside actors.</summary>
    public async Task<SocketTarget> OpenTargetAsync() => new(await Anchors.OpenAsync(SocketTarget.MaxOffers));

    private void AddMessages(IDatagramEngine engine, DatagramSettings settings)
    {
        var removesStale = Settings.RemovesStaleFiles;
        _transports.TryAdd(new UdpTransport(engine, settings.Messages, settings.System));
        _transports.TryAdd(new UnixDatagramTransport(engine, settings.Messages, settings.System)
        {
            RemovesStaleFiles = removesStale,
        });
        _transports.TryAdd(new UnixRecordTransport(engine, settings.Messages) { RemovesStaleFiles = removesStale });
    }

    private void AddSctp(SctpStyle style) => _transports.TryAdd(new SctpRecordTransport(
        Sctp.Get, style, Settings.Sctp.Socket, Settings.Sctp.Endpoint, Settings.Datagrams.Messages));
}
