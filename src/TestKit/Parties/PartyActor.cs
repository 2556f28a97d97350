using Akka.Actor;
using Handoff.Messages;

namespace Handoff.TestKit.Parties;

internal sealed class PartyActor : UntypedActor
{
    private readonly Party _party;

    public PartyActor(Party party) => _party = party;

    protected override void PreStart() => _party.Ref = Self;

    protected override void OnReceive(object message)
    {
        try
        {
            if (message is Act act) act.Do(Self);
            else _party.OnTold(message, Context);
        }
        catch (CrashException)
        {
            throw;
        }
        catch (Exception problem)
        {
            _party.Stage.Failed(problem);
        }
    }

    // Nothing of it is lost: a party remembers what its last incarnation had, and lets go of it if told to.
    protected override void PreRestart(Exception reason, object message) => _party.OnCrashed(reason);

    protected override void PostRestart(Exception reason)
    {
        if (!_party.Reattaches) return;
        foreach (var handle in HandoffExtension.For(Context.System).OwnedBy(Self))
            _party.Send(handle.Socket, new Reattach(handle, Self), Self);
    }

    protected override void PostStop() => _party.OnStopped();
}
