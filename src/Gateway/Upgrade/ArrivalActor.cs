using Akka.Actor;
using Akka.Event;
using Handoff.Gateway.Configuration;
using Handoff.Gateway.Connections;
using Handoff.Messages;
using Handoff.Transport.Ownership;

namespace Handoff.Gateway.Upgrade;

// A socket on its way from the old process to its owner here. Which service a connection is of comes with it and not
// with its offer, so that it is acquired first and then released to whom it belongs, as tcpmux does it. The parent is
// told once whether it came.
internal sealed class ArrivalActor : ReceiveActor, IWithTimers
{
    // As long as a socket may be on its way to us once it is known that it is ours.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly Func<Acquired, IActorRef?> _owner;
    private readonly Func<Acquired, object?> _along;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    // Acceptor and service: of a listener. Along: what the owner is told with it.
    public ArrivalActor(
        IActorRef? acceptor, Func<Acquired, IActorRef?> owner, Func<Acquired, object?> along, ServiceSettings? service)
    {
        _owner = owner;
        _along = along;
        Receive<Offered>(offered =>
        {
            Context.Watch(offered.Offer.Socket);
            offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self)
            {
                Acceptor = acceptor,
                AcceptMode = OfferMode.AnyHolder,
                ReadsWhenAcquired = service?.Exec is not null,
                ForPrograms = service?.Waits is true,
            });
        });
        Receive<Acquired>(OnAcquired);
        Receive<Refused>(_ => OnLost());
        Receive<Withdrawn>(_ => OnLost());

        // Who answers for the other process has ended. The socket may come all the same, where much comes at once.
        Receive<Terminated>(_ => Timers.StartSingleTimer(nameof(Overdue), Overdue.Instance, Longest));
        Receive<Overdue>(_ => OnLost());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(
        IActorRef? acceptor, Func<Acquired, IActorRef?> owner, ServiceSettings? service = null) =>
        Props(acceptor, owner, socket => socket.Attachment, service);

    public static Props Props(
        IActorRef? acceptor,
        Func<Acquired, IActorRef?> owner,
        Func<Acquired, object?> along,
        ServiceSettings? service = null) =>
        Akka.Actor.Props.Create(() => new ArrivalActor(acceptor, owner, along, service));

    private void OnLost()
    {
        Context.Parent.Tell(new Came(IsHere: false));
        Context.Stop(Self);
    }

    private void OnAcquired(Acquired socket)
    {
        Timers.CancelAll();
        Context.Parent.Tell(new Came(IsHere: true));
        if (_owner(socket) is not { } owner)
        {
            End($"nobody here serves {socket.Attachment}");
            return;
        }

        socket.Handle.Socket.Tell(new Release(socket.Handle, OfferMode.AnyHolder, owner)
        {
            Within = Longest,
            Attachment = _along(socket),
        });
        Become(() =>
        {
            Receive<Released>(_ => Context.Stop(Self));
            Receive<ReleaseFailed>(failed => End($"{failed.Result}"));
            Receive<Refused>(refused => End($"{refused.Result}"));
            Receive<Closed>(_ => Context.Stop(Self));
            ReceiveAny(_ => { });
        });
    }

    // The socket ends with its owner.
    private void End(string why)
    {
        _log.Error("a socket that came is lost: {0}", why);
        Context.Stop(Self);
    }

    private sealed record Overdue
    {
        public static Overdue Instance { get; } = new();
    }
}
