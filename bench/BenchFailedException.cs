namespace Handoff.Bench;

// What was measured did not do what it should, so that there is no figure.
internal sealed class BenchFailedException(string message) : Exception(message);
