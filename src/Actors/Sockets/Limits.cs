using Akka.Actor;
using Handoff.Configuration;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.Sockets;

// What may be asked for: asked after the table's own checks, before any effect.
internal static class Limits
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    public static SocketResult? Unfit(Release release, TimeSpan within, IActorRef self, HandoffSettings settings)
    {
        if (release.Targets.Count > settings.MaxTargets)
        {
            var why = $"{release.Targets.Count} targets; handoff.offer.max-targets is {settings.MaxTargets}";
            return new(ResultCode.EEQUOTA, why);
        }

        if (release.Mode is OfferMode.AnyHolder && release.Targets.Count > 1)
        {
            return new(ResultCode.EEBADDATA, "an offer that may be forwarded has one target");
        }

        if (release.Targets.Any(target => target.IsNobody())) return new(ResultCode.EENOADDR, "a target is nobody");
        return Unfit(Incoming.ShareOf(release, within), settings)
            ?? Unfit(within, settings)
            ?? Foreign(self, [.. release.Targets, release.Heir]);
    }

    public static SocketResult? Unfit(TimeSpan within, HandoffSettings settings)
    {
        if (within >= Shortest && within <= settings.MaxOfferTimeout) return null;
        var why = $"a time-out of {within}; handoff.offer.max-timeout is {settings.MaxOfferTimeout}";
        return new(ResultCode.EEQUOTA, why);
    }

    // Another actor system is another domain, even in the same process: a socket does not cross over by accident.
    public static SocketResult? Foreign(IActorRef self, params IActorRef?[] parties)
    {
        var foreign = parties.FirstOrDefault(party => party?.Path.Address.Equals(self.Path.Address) is false);
        if (foreign is not null)
        {
            return new(ResultCode.EENOTLOCAL, $"{foreign} does not live in this actor system");
        }

        var passing = parties.FirstOrDefault(party => party?.Path.Elements is ["temp", ..]);
        return passing is null ? null : new(ResultCode.EENOADDR, $"{passing} answers one question and cannot own");
    }
}
