using Handoff.Policy;

namespace Handoff.Actors.Tests.Policies;

// What handoff.policy may name.
public sealed class NoListeners : ISocketPolicy
{
    public PolicyAnswer Ask(in PolicyQuestion question) =>
        question.Does(SocketOperations.Listen) ? PolicyAnswer.Refuse("no listeners here") : PolicyAnswer.Permit;
}
