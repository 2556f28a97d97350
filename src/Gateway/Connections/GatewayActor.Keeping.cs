using Akka.Actor;
using Akka.Event;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Gateway.Connections;

// Has the listeners kept. A keeper that is not there is asked again, and nothing else waits for it.
internal sealed partial class GatewayActor
{
    // Of the service manager's, which passes them to the next start: they are not kept beside that, so that their end
    // here is not the end of its own.
    private readonly HashSet<long> _managers = [];

    private void KeepListeners()
    {
        if (!_settings.Kept.IsOn) return;
        foreach (var service in _running)
        {
            if (!service.Settings.Waits) KeepListener(service);
        }
    }

    // One that is lent, or on offer for it, cannot be: it is kept as soon as it is here.
    private void KeepListener(RunningService service)
    {
        if (_settings.Kept.IsOn && service.Listener is { } listener && !_managers.Contains(listener.Id))
            listener.Socket.Tell(new Keep(listener, Kept.Key) { Attachment = service.Settings.Name });
    }

    private void ReceiveOfKeeper()
    {
        Receive<Confirmed>(_ => { });
        Receive<KeepAgain>(_ => KeepListeners());
        Receive<KeepingLost>(lost =>
        {
            _log.Warning("socket={0} is not kept any more: {1}", lost.Handle.Id, lost.Result);
            KeepLater();
        });
        Receive<Refused>(refused => refused.Command is Keep, refused =>
        {
            if (refused.Result.Code is ResultCode.EEALREADY) return;
            _log.Warning("socket={0} is not kept: {1}", ((Keep)refused.Command).Handle.Id, refused.Result);
            if (Kept.MayBeLater(refused.Result)) KeepLater();
        });
    }

    private void KeepLater() =>
        Timers.StartSingleTimer(nameof(KeepAgain), KeepAgain.Instance, _settings.Kept.RetryInterval);
}
