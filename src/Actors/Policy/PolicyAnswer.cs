namespace Handoff.Policy;

/// <summary>What a policy says to a question. The default is a refusal.</summary>
public readonly record struct PolicyAnswer
{
    private readonly string? _objection;

    private PolicyAnswer(bool isPermitted, string? objection)
    {
        IsPermitted = isPermitted;
        _objection = objection;
    }

    /// <summary>It may be done.</summary>
    public static PolicyAnswer Permit { get; } = new(isPermitted: true, objection: null);

    /// <summary>Whether it may be done.</summary>
    public bool IsPermitted { get; }

    /// <summary>Why not; whoever sent the command reads it. Empty where it may be done.</summary>
    public string Reason => IsPermitted ? "" : _objection ?? "no reason given";

    /// <summary>It may not be done: <c>EESECURITY</c>.</summary>
    /// <param name="reason">One line for whoever sent the command.</param>
    public static PolicyAnswer Refuse(string reason) => new(isPermitted: false, reason);
}
