using Handoff.Policy;

namespace Handoff.Actors.Tests.Policies;

// What handoff.policy may not name.
public sealed class CannotBeMade : ISocketPolicy
{
    public CannotBeMade() => throw new InvalidOperationException("the rule book is missing");

    public PolicyAnswer Ask(in PolicyQuestion question) => default;
}
