using Akka.Actor;
using Akka.Configuration;
using Handoff.Messages;

namespace Handoff.TwoProcess.Tests.Host;

// Adopts what it was started with: first what is called web, then all the rest, of which it wants nothing, then what
// is left, which is nothing. Says what it is told.
internal static class InheritingSide
{
    public static async Task<int> RunAsync()
    {
        var system = ActorSystem.Create("inheriting", ConfigurationFactory.ParseString("akka.loglevel = WARNING"));
        var handoff = HandoffExtension.For(system);
        system.ActorOf(Props.Create(() => new Owner(handoff)), "owner");
        await system.WhenTerminated;
        return 0;
    }

    private sealed class Owner(HandoffExtension handoff) : UntypedActor
    {
        private const string Wanted = "web";

        private static readonly string[] Variables = ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"];

        private int _acquired;
        private int _adopted;

        protected override void PreStart() => handoff.Keeper.Tell(GetInherited.Instance);

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case InheritedSockets inherited:
                    foreach (var (name, facts, result) in inherited.Sockets)
                        HostSettings.Say($"passed {name} {facts?.Kind} {facts?.Local} {result.Code}");
                    handoff.Keeper.Tell(new AdoptInherited(Self) { Name = "other" });
                    break;
                case Refused { Command: AdoptInherited adopt } refused:
                    HostSettings.Say($"refused {adopt.Name} {refused.Result.Code}");
                    handoff.Keeper.Tell(new AdoptInherited(Self) { Name = Wanted });
                    break;
                case Offered { Attachment: Wanted } offered:
                    offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self));
                    break;
                case Offered offered:
                    offered.Offer.Socket.Tell(new Decline(offered.Offer, Self, "not wanted"));
                    break;
                case Acquired acquired:
                    HostSettings.Say($"acquired {acquired.Attachment} {acquired.Facts.Kind} {acquired.Facts.Local}");
                    acquired.Handle.Socket.Tell(new Keep(acquired.Handle, "web"));
                    break;
                case Refused { Command: Keep keep } refused:
                    HostSettings.Say($"keep {refused.Result.Code}");
                    keep.Handle.Socket.Tell(new Close(keep.Handle));
                    break;
                case InheritedAdopted { Command.Name: Wanted } adopted:
                    _acquired = adopted.Acquired;
                    break;
                case Closed:
                    OnAdopted(Wanted, _acquired);
                    break;
                case InheritedAdopted { Command.Name: null } adopted:
                    foreach (var (name, facts, result) in adopted.Closed.OrderBy(closed => closed.Name))
                        HostSettings.Say($"closed {name} {facts?.Local} {result.Code}");
                    OnAdopted("", adopted.Acquired);
                    break;
                case Refused refused:
                    HostSettings.Say($"refused  {refused.Result.Code}");
                    Context.System.Terminate();
                    break;
            }
        }

        private void OnAdopted(string name, int acquired)
        {
            HostSettings.Say($"adopted {name} {acquired}");
            if (++_adopted <= 2)
            {
                handoff.Keeper.Tell(new AdoptInherited(Self));
                return;
            }

            // From descriptor 3 on they came; of the others of the process nothing is known.
            var left = Variables.Count(variable => Environment.GetEnvironmentVariable(variable) is not null);
            var open = Enumerable.Range(3, 3).Count(
                number => new FileInfo($"/proc/self/fd/{number}").LinkTarget?.StartsWith("socket:") is true);
            HostSettings.Say($"left {left} {open}");
            Context.System.Terminate();
        }
    }
}
