using Handoff.Policy;

namespace Handoff.TestKit.Tests.Scenarios;

// Permits everything but what the story forbids.
internal sealed class RuleBook : ISocketPolicy
{
    public const string Because = "the rule book says so";

    private Func<PolicyQuestion, bool> _refuses = _ => false;

    public void RefuseIf(Func<PolicyQuestion, bool> refuses) => _refuses = refuses;

    public void RefuseNothing() => _refuses = _ => false;

    public PolicyAnswer Ask(in PolicyQuestion question) =>
        _refuses(question) ? PolicyAnswer.Refuse(Because) : PolicyAnswer.Permit;
}
