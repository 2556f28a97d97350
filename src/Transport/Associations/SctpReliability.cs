namespace Handoff.Transport.Associations;

/// <summary>When a message may be given up (<c>struct sctp_prinfo</c>: RFC 6458, 5.3.7; RFC 7496).</summary>
/// <param name="Policy">By what.</param>
/// <param name="Value">Milliseconds, retransmissions or a priority, as the policy says; else 0.</param>
public readonly record struct SctpReliability(SctpReliabilityPolicy Policy, uint Value);
