using Handoff.Policy;

namespace Handoff.TestKit.Scenarios;

// The one policy of an actor system that is set once; each run puts its own behind it.
internal sealed class PolicyDoor : ISocketPolicy
{
    public ISocketPolicy? Behind { get; set; }

    public PolicyAnswer Ask(in PolicyQuestion question) => Behind is { } policy
        ? policy.Ask(question)
        : throw new InvalidOperationException("No scenario is running.");
}
