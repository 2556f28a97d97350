namespace Handoff.Contracts.Tests.Setup;

/// <summary>
/// What a suite needs is not on this machine. A runner that knows how the message begins skips the test; xunit 2
/// fails it, with the reason.
/// </summary>
internal sealed class MissingException(string why) : Exception($"$XunitDynamicSkip${why}");
