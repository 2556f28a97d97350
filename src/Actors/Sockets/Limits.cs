using Akka.Actor;
using Handoff.Configuration;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Sockets;

// What may be asked for: asked after the table's own checks, before any effect.
internal static class Limits
{
    public static SocketResult? Unfit(Release release, TimeSpan within, IActorRef self, HandoffSettings settings)
    {
        if (release.Targets.Count > settings.MaxTargets)
        {
            var why = $"{release.Targets.Count} targets; handoff.offer.max-targets is {settings.MaxTargets}";
            return new(ResultCode.EEQUOTA, why);
        }

        if (release.Targets.Any(target => target.IsNobody())) return new(ResultCode.EENOADDR, "a target is nobody");
        return Unfit(within, settings) ?? Foreign(self, [.. release.Targets, release.Heir]);
    }

    public static SocketResult? Unfit(TimeSpan within, HandoffSettings settings)
    {
        if (within > TimeSpan.Zero && within <= settings.MaxOfferTimeout) return null;
        var why = $"a time-out of {within}; handoff.offer.max-timeout is {settings.MaxOfferTimeout}";
        return new(ResultCode.EEQUOTA, why);
    }

    // Another actor system is another domain, even in the same process: a socket does not cross over by accident.
    public static SocketResult? Foreign(IActorRef self, params IActorRef?[] parties)
    {
        var foreign = parties.FirstOrDefault(party => party?.Path.Address.Equals(self.Path.Address) is false);
        return foreign is null ? null : new(ResultCode.EENOTLOCAL, $"{foreign} does not live in this actor system");
    }
}
