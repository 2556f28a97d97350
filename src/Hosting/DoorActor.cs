using Akka.Actor;
using Akka.Event;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Hosting;

// Owns a declared listener. One that ends by itself is opened again; where the owner of its connections is gone it is
// closed, because what it accepts would be nobody's. A crash stops it, and so its listener.
internal sealed class DoorActor(Door door, IActorRef sockets, HostSettings settings) : UntypedActor, IWithTimers
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IActorRef _asker = ActorRefs.Nobody;
    private IActorRef _shutter = ActorRefs.Nobody;
    private SocketHandle? _handle;
    private SocketResult? _stopping;

    public ITimerScheduler Timers { get; set; } = null!;

    private string Name => door.Declared.Name;

    public static Props Props(Door door, IActorRef sockets, HostSettings settings) =>
        Akka.Actor.Props.Create(() => new DoorActor(door, sockets, settings));

    protected override void PreStart() => Context.Watch(door.Owner);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Open:
                _asker = Sender;
                Begin();
                break;
            case OpenAgain:
                if (_stopping is null) Begin();
                break;
            case Listening listening:
                OnListening(listening);
                break;
            case Refused { Command: Listen } refused:
                OnShut(refused.Result);
                break;
            case Closed closed when closed.Handle.Id == _handle?.Id:
                _handle = null;
                OnShut(closed.Result);
                break;
            case Terminated dead when dead.ActorRef.Equals(door.Owner):
                _log.Error("listener {0}: {1}, the owner of its connections, has stopped", Name, door.Owner);
                Stop(new SocketResult(ResultCode.EEABORTED, "the owner of its connections has stopped"));
                break;
            case Shut:
                Stop(new SocketResult(ResultCode.EEABORTED, "the host stops"));
                _shutter = Sender;
                TellIfShut();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PostStop()
    {
        door.Shut(new SocketResult(ResultCode.EEABORTED, "its actor has stopped"));
        base.PostStop();
    }

    private void Begin() => sockets.Tell(door.Declared.Command(Self, door.Owner), Self);

    private void OnListening(Listening listening)
    {
        _handle = listening.Handle;
        door.Opened(listening.EndPoint);
        _log.Info("listener {0} is open at {1}", Name, listening.EndPoint);
        Answer(SocketResult.Success);
        if (_stopping is not null) Close();
    }

    // At the start it is the host's failure; later it is tried again.
    private void OnShut(SocketResult why)
    {
        door.Shut(_stopping ?? why);
        if (!_asker.IsNobody())
        {
            Answer(why);
            Context.Stop(Self);
            return;
        }

        TellIfShut();
        if (_stopping is not null) return;
        _log.Warning("listener {0} is shut: {1}; trying again after {2}", Name, why, settings.ListenAgainAfter);
        Timers.StartSingleTimer(nameof(OpenAgain), OpenAgain.Instance, settings.ListenAgainAfter);
    }

    private void Stop(SocketResult why)
    {
        _stopping ??= why;
        if (_handle is null) door.Shut(_stopping);
        else Close();
    }

    private void TellIfShut()
    {
        if (_handle is null) _shutter.Tell(SocketResult.Success, Self);
    }

    private void Close() => _handle!.Socket.Tell(new Close(_handle), Self);

    private void Answer(SocketResult result)
    {
        _asker.Tell(result, Self);
        _asker = ActorRefs.Nobody;
    }

    public sealed record Open
    {
        private Open()
        {
        }

        public static Open Instance { get; } = new();
    }

    public sealed record Shut
    {
        private Shut()
        {
        }

        public static Shut Instance { get; } = new();
    }

    private sealed record OpenAgain
    {
        private OpenAgain()
        {
        }

        public static OpenAgain Instance { get; } = new();
    }
}
