using System.Collections.Concurrent;
using Handoff.Policy;

namespace Handoff.Actors.Tests.Policies;

// Remembers what it was asked, and refuses what the test says.
internal sealed class TestPolicy : ISocketPolicy
{
    private volatile Func<PolicyQuestion, bool> _refuses = _ => false;

    public ConcurrentQueue<PolicyQuestion> Questions { get; } = [];

    public void Refuse(SocketOperations operations) => _refuses = question => question.Does(operations);

    public void RefuseIf(Func<PolicyQuestion, bool> refuses) => _refuses = refuses;

    public PolicyAnswer Ask(in PolicyQuestion question)
    {
        Questions.Enqueue(question);
        return _refuses(question) ? PolicyAnswer.Refuse("because the test says so") : PolicyAnswer.Permit;
    }
}
