using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.Messages;

/// <summary>
/// The answer to <see cref="Release"/>: nobody acquired. Unless the socket was closed, the old owner goes on with the
/// same handle, lease and credits, as if nothing had been.
/// </summary>
/// <param name="Release">The command.</param>
/// <param name="Outcome">How the offer ended.</param>
/// <param name="Result"><c>EESOCKNOTRLSD</c> and why.</param>
public sealed record ReleaseFailed(Release Release, OfferOutcome Outcome, SocketResult Result);
