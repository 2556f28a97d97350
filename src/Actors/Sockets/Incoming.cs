using Akka.Actor;
using Handoff.Configuration;
using Handoff.Messages;
using Handoff.Transport.Ownership;

namespace Handoff.Sockets;

// What a command brings along that the pure protocol does not look at.
internal readonly record struct Incoming(
    Release? Release, IActorRef? ReplyTo, TimeSpan? Share, Reading? Reading, string? Why)
{
    // What came with a socket from another process.
    public object? Attachment { get; init; }

    // Whoever gives has the name already.
    public bool IsNamed { get; init; }

    public ReadOnlyMemory<byte> PushBack => Release?.PushBack ?? default;

    public static Incoming Of(object command, IActorRef replyTo, HandoffSettings settings) => command switch
    {
        Release release => Of(release, replyTo, WithinOf(release, settings)),
        Acquire acquire => ReadingBy(acquire.Reading),
        Take take => ReadingBy(take.Get.Reading),
        Reattach reattach => ReadingBy(reattach.Reading),
        Decline decline => Because(decline.Reason),
        Return early => Because(early.Reason),
        _ => default,
    };

    public static Incoming Of(Release? release, IActorRef replyTo, TimeSpan within) =>
        new(release, replyTo, release is null ? within : ShareOf(release, within), null, null);

    public static TimeSpan WithinOf(Release release, HandoffSettings settings) =>
        release.Within ?? (release is Give ? settings.GiveTimeout : settings.OfferTimeout);

    // In order, each target has the same part of the time-out.
    public static TimeSpan ShareOf(Release release, TimeSpan within) =>
        release.Mode is OfferMode.InOrder && release.Targets.Count > 1
            ? within / release.Targets.Distinct().Count()
            : within;

    public static Incoming ReadingBy(Reading? reading) => new(null, null, null, reading, null);

    public static Incoming Because(string why) => new(null, null, null, null, why);
}
