namespace Handoff.TestKit.Scenarios;

/// <summary>
/// A scenario did not go as its story says. The message has what was expected, the seed, the last events, and the
/// command that replays the run.
/// </summary>
public sealed class ScenarioFailedException : Exception
{
    internal ScenarioFailedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
