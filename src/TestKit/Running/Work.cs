using Akka.Dispatch;

namespace Handoff.TestKit.Running;

// One step of a seeded run: a mailbox, a due timer, what was scheduled, or a continuation of async code.
internal readonly record struct Work(object What, object? State)
{
    public void Run(SeededContext context)
    {
        switch (What)
        {
            case IRunnable mailbox: mailbox.Run(); break;
            case DueEntry due: due.Fire(); break;
            case Action<object?> action: action(State); break;
            case SendOrPostCallback continuation: context.Run(continuation, State); break;
            default: throw new InvalidOperationException($"{What} cannot be run.");
        }
    }
}
