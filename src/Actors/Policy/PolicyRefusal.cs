namespace Handoff.Policy;

/// <summary>Published on the system's event stream for each command that policy refused, for an audit.</summary>
/// <param name="Question">
/// What was asked, without the credential and the name of a get, which may be a secret: the event stream has other
/// readers than the policy.
/// </param>
/// <param name="Reason">What the policy objected.</param>
public sealed record PolicyRefusal(PolicyQuestion Question, string Reason);
