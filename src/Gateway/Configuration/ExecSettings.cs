namespace Handoff.Gateway.Configuration;

// What a service of the handler exec runs: for each of its connections, or with its listener where it waits.
internal sealed record ExecSettings(string Program, IReadOnlyList<string> Arguments)
{
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required IReadOnlyList<string> Inherited { get; init; }

    public required string? Directory { get; init; }

    public required TimeSpan? RunLimit { get; init; }

    // inetd's wait: one program at a time has the listener, and accepts by itself.
    public bool Waits { get; init; }
}
