namespace Handoff.Contracts.Tests.Setup;

/// <summary>Skips the test, which the runner knows by how the message begins.</summary>
internal sealed class MissingException(string why) : Exception($"$XunitDynamicSkip${why}");
