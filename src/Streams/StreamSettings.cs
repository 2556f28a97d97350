using Akka.Actor;
using Akka.Configuration;
using Handoff.Configuration;

namespace Handoff.Streams;

// The block handoff.streams, read once for an actor system.
internal sealed class StreamSettings : IExtension
{
    public StreamSettings(Config config)
    {
        var all = config.WithFallback(HandoffSettings.Reference);
        MaxChunk = HandoffSettings.Size(all, "handoff.streams.max-chunk");
        MaxWaiting = HandoffSettings.Count(all, "handoff.streams.max-waiting");
        TakeWithin = HandoffSettings.Time(all, "handoff.streams.take-within");
        MaxOffers = HandoffSettings.Count(all, "handoff.streams.max-offers");
        LeaveTimeout = HandoffSettings.Time(all, "handoff.streams.leave-timeout");
    }

    public static StreamSettings For(ActorSystem system) =>
        system.WithExtension<StreamSettings, StreamSettingsProvider>();

    public int MaxChunk { get; }

    public int MaxWaiting { get; }

    public TimeSpan TakeWithin { get; }

    public int MaxOffers { get; }

    public TimeSpan LeaveTimeout { get; }
}
