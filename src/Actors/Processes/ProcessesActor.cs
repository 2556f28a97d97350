using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using Handoff.Configuration;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Handles.Rendezvous;
using Handoff.Transport.Unix;

namespace Handoff.Processes;

// Other processes of this host: as targets, and as those that release to a service here. Where they connect is opened
// by the first service, or the first name that they are to find.
internal sealed class ProcessesActor(
    LinuxEngine? engine,
    HandoffSettings settings,
    Landings? landings,
    AttachmentCodec attachments,
    Programs? programs,
    HostNames? hostNames,
    Neighbours known) : UntypedActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    public static Props Props(
        LinuxEngine? engine,
        HandoffSettings settings,
        Landings? landings,
        AttachmentCodec attachments,
        Programs? programs,
        HostNames? hostNames)
    {
        var known = new Neighbours();
        return Akka.Actor.Props.Create(
            () => new ProcessesActor(engine, settings, landings, attachments, programs, hostNames, known));
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case OpenPeer open: OnOpenPeer(open); break;
            case OpenService open: OnOpenService(open); break;
            case OpenProgram open: OnOpenProgram(open); break;
            case Welcome welcome: OnWelcome(welcome); break;
            case Hear: Sender.Tell(Listen() ?? SocketResult.Success, Self); break;
            case Terminated dead: OnTerminated(dead.ActorRef); break;
            case Status.Failure failed: _log.Error(failed.Cause, "no other process is heard any more"); break;
            case Closed: break;
            default: Unhandled(message); break;
        }
    }

    // The services and those who are connected go on.
    protected override void PreRestart(Exception reason, object message)
    {
    }

    protected override void PostStop()
    {
        // Moves that are under way end by themselves: their bounds are short, and the system does not wait for them.
        hostNames?.Dispose();
        known.Reception?.DisposeAsync().AsTask().PipeTo(ActorRefs.Nobody);
        base.PostStop();
    }

    private void OnOpenPeer(OpenPeer open)
    {
        if (Obstacle(open) is { } obstacle)
        {
            Refuse(open, obstacle);
            return;
        }

        var route = new PeerRoute(
            engine!, settings.Handles.Options, new UnixDomainSocketEndPoint(open.Path), open.Service,
            settings.Processes.MaxMoves);
        var peer = Context.ActorOf(open.IsBatch
            ? BatchActor.Props(
                route, attachments, settings.Handles.MaxSockets, settings.Handles.AnswerTimeout)
            : PeerActor.Props(route, attachments, settings.Processes.MaxMoves));
        Context.Watch(peer);
        known.Peers++;
        Sender.Tell(new PeerOpened(open, peer), Self);
    }

    private SocketResult? Obstacle(OpenPeer open)
    {
        if (NotHere(open) is { } unable) return unable;
        if (ServiceName.Unfit(open.Service) is { } unfit) return unfit;
        if (open.Path is null || !UnixAddress.TryParse(open.Path, out _, out _))
            return new(ResultCode.EEBADADDR, $"OpenPeer: '{open.Path}' is no path of a socket");
        return known.Peers < settings.Processes.MaxTargets
            ? null
            : new(ResultCode.EEQUOTA, $"OpenPeer: there are {known.Peers}; handoff.processes.max-targets");
    }

    private void OnOpenService(OpenService open)
    {
        var obstacle = Obstacle(open) ?? Listen();
        if (obstacle is not null)
        {
            Refuse(open, obstacle);
            return;
        }

        known.Services.Add(open.Service, open.Target);
        Context.Watch(open.Target);
        Sender.Tell(new ServiceOpened(open, known.Path), Self);
    }

    private SocketResult? Obstacle(OpenService open)
    {
        if (NotHere(open) is { } unable) return unable;
        if (ServiceName.Unfit(open.Service) is { } unfit) return unfit;
        if (open.Target.IsNobody()) return new(ResultCode.EENOADDR, "OpenService names no target");
        if (Limits.Foreign(Self, open.Target) is { } foreign) return foreign;
        if (known.Services.ContainsKey(open.Service))
            return new(ResultCode.EENAMEINUSE, $"OpenService: '{open.Service}' is open already");
        var count = known.Services.Count;
        return count < settings.Processes.MaxServices
            ? null
            : new(ResultCode.EEQUOTA, $"OpenService: there are {count}; handoff.processes.max-services");
    }

    private void OnOpenProgram(OpenProgram open)
    {
        var (target, result) = NotHere(open) is { } unable ? (null, unable) : programs!.Open(open, Sender, Context);
        if (target is null)
        {
            Refuse(open, result);
            return;
        }

        Context.Watch(target);
        Sender.Tell(new ProgramOpened(open, target), Self);
    }

    private SocketResult? NotHere(object command) => engine is null
        ? new(ResultCode.EEMODENOTSUPP, $"{command.GetType().Name}: only the Linux engine passes descriptors")
        : null;

    // Null once other processes are heard.
    private SocketResult? Listen()
    {
        if (known.Reception is not null) return null;
        var (place, result) = RuntimeDirectory.Open(settings.Processes.Directory);
        if (place is null) return result;
        using var closing = place;
        (var at, result) = place.ControlPath(settings.Processes.Name);
        if (at is null) return result;
        (var listener, result) = ControlListener.Listen(engine!, at, settings.Processes.Options, PeerRule.SameUser);
        if (listener is null) return result;
        var self = Self;
        known.Path = at.ToString();
        known.Reception = new Reception(
            listener,
            settings.Processes.IdleTimeout,
            from => new Doorbell(self, landings!, attachments, from, settings.Handles.AnswerTimeout),
            hostNames!.ClaimsFor(self));
        known.Reception.RunAsync().PipeTo(self, success: () => new Closed());
        return null;
    }

    private void OnWelcome(Welcome welcome)
    {
        var target = welcome.Target;
        if (target is null && !known.Services.TryGetValue(welcome.Service, out target))
        {
            welcome.Move.Say(new(ResultCode.EENAMENOTFOUND, $"there is no service '{welcome.Service}'"));
            return;
        }

        var handles = settings.Handles;
        var longest = handles.QuiesceTimeout + handles.TransferTimeout + handles.AnswerTimeout;
        Context.ActorOf(ArrivingActor.Props(welcome.Move, target, landings!, longest));
    }

    private void OnTerminated(IActorRef dead)
    {
        var names = known.Services.Where(each => each.Value.Equals(dead)).Select(each => each.Key).ToArray();
        foreach (var name in names) known.Services.Remove(name);
        if (programs?.Closed(dead) is true) return;
        if (dead.Path.Parent.Equals(Self.Path)) known.Peers--;
    }

    private void Refuse(object command, SocketResult result) => Sender.Tell(Refusals.Of(Self, command, result), Self);

    // Of a doorbell: the service is asked, or the move is told why nobody is.
    public sealed record Welcome(string Service, Arriving Move)
    {
        // In the service's place.
        public IActorRef? Target { get; init; }
    }

    // Other processes are heard from now on; answered by a SocketResult.
    public sealed record Hear
    {
        public static Hear Instance { get; } = new();
    }

    private sealed record Closed;
}
