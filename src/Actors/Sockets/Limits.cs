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

    public static SocketResult? Unfit(object command, IActorRef self, HandoffSettings settings) => command switch
    {
        Release release => Unfit(release as Give)
            ?? Unfit(release, Incoming.WithinOf(release, settings), self, settings),
        Acquire acquire => Foreign(self, acquire.Owner, acquire.Heir),
        SetHeir set => Foreign(self, set.Heir),
        Listen listen => Unfit(listen, settings) ?? Foreign(self, listen.Owner, listen.Acceptor),
        _ => null,
    };

    private static SocketResult? Unfit(Listen listen, HandoffSettings settings)
    {
        if (listen.MaxWaiting is { } most && (most < 1 || most > settings.MaxWaiting))
        {
            var why = $"Listen: {most} that may wait; handoff.listen.max-waiting is {settings.MaxWaiting}";
            return new(ResultCode.EEQUOTA, why);
        }

        return listen.AcquireWithin is { } within ? Unfit(within, settings) : null;
    }

    // Null for a release to targets.
    private static SocketResult? Unfit(Give? give)
    {
        if (give is null) return null;
        if (give.LoanFor is not null) return new(ResultCode.EEBADDATA, "Give: a loan needs a target");
        return give.Name is null ? null : GiveName.Unfit(nameof(Give), give.Name);
    }

    private static SocketResult? Unfit(
        Release release, TimeSpan within, IActorRef self, HandoffSettings settings)
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

        if (release.LoanFor is { } loan && (loan < Shortest || loan > settings.MaxLoan))
        {
            var why = $"a loan of {loan}; handoff.owner.max-loan is {settings.MaxLoan}";
            return new(ResultCode.EEQUOTA, why);
        }

        for (var i = 0; i < release.Targets.Count; i++)
        {
            if (release.Targets[i].IsNobody()) return new(ResultCode.EENOADDR, "a target is nobody");
        }

        return Unfit(Incoming.ShareOf(release, within), settings)
            ?? Unfit(within, settings)
            ?? (release.Targets is [var only]
                ? Foreign(self, only, release.Heir)
                : Foreign(self, [.. release.Targets, release.Heir]));
    }

    public static SocketResult? Unfit(TimeSpan within, HandoffSettings settings)
    {
        if (within >= Shortest && within <= settings.MaxOfferTimeout) return null;
        var why = $"a time-out of {within}; handoff.offer.max-timeout is {settings.MaxOfferTimeout}";
        return new(ResultCode.EEQUOTA, why);
    }

    // Another actor system is another domain, even in the same process: a socket does not cross over by accident. Two
    // of the same name have equal addresses, but each has its own for all of its actors.
    public static SocketResult? Foreign(IActorRef self, params ReadOnlySpan<IActorRef?> parties)
    {
        var home = self.Path.Address;
        foreach (var party in parties)
        {
            var address = party?.Path.Address;
            if (address is null || ReferenceEquals(address, home)) continue;
            return new(ResultCode.EENOTLOCAL, $"{party} does not live in this actor system");
        }

        foreach (var party in parties)
        {
            if (party?.Path is not { Depth: > 0 } path || path.ParentOf(1).Name != "temp") continue;
            return new(ResultCode.EENOADDR, $"{party} answers one question and cannot own");
        }

        return null;
    }
}
