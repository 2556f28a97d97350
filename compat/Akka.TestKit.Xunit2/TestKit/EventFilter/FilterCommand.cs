using Akka.Actor;

namespace Akka.TestKit.Internal;

// Travels by the event stream, behind everything that was logged before it.
internal abstract record FilterCommand(IReadOnlyList<LogFilter> Filters) : INoSerializationVerificationNeeded
{
    internal sealed record Mute(IReadOnlyList<LogFilter> Filters) : FilterCommand(Filters);

    internal sealed record Unmute(IReadOnlyList<LogFilter> Filters) : FilterCommand(Filters);
}
