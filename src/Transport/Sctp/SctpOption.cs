namespace Handoff.Transport.Sctp;

/// <summary>An option of an SCTP socket or association, and its value.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Value">The value, in the unit that the kind says; 0 or 1 of what is off or on.</param>
public readonly record struct SctpOption(SctpOptionKind Kind, int Value);
