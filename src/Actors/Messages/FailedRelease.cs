using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.Messages;

/// <summary>One socket that a <see cref="ReleaseAll"/> did not release.</summary>
/// <param name="Handle">Which one.</param>
/// <param name="Outcome">How its offer ended; <c>None</c> where it was not even offered.</param>
/// <param name="Result">The code of <see cref="ReleaseFailed"/> or <see cref="Refused"/>, and why.</param>
public sealed record FailedRelease(SocketHandle Handle, OfferOutcome Outcome, SocketResult Result);
