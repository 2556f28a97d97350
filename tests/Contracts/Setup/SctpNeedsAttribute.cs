namespace Handoff.Contracts.Tests.Setup;

/// <summary>
/// The tests of the class need something of the machine. Where it is not there they are skipped with the reason; where
/// HANDOFF_REQUIRES names it (its names are separated by commas) they run, and fail.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal abstract class SctpNeedsAttribute : Attribute
{
    public abstract string Name { get; }

    /// <summary>Why it is not there; null where it is.</summary>
    public abstract string? Missing { get; }

    public string? SkipReason =>
        Missing is { } why && !Required.Split(',', StringSplitOptions.TrimEntries).Contains(Name) ? why : null;

    private static string Required => Environment.GetEnvironmentVariable("HANDOFF_REQUIRES") ?? "";
}
