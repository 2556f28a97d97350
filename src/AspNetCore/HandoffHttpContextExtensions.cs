using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Microsoft.AspNetCore.Http;

namespace Handoff.AspNetCore;

/// <summary>An endpoint gives its connection away.</summary>
public static class HandoffHttpContextExtensions
{
    /// <summary>
    /// Takes the connection of an upgraded request out of Kestrel and offers it to a target, as
    /// <see cref="IHandoffFeature.ReleaseAsync"/>. The request must have been upgraded
    /// (<c>IHttpUpgradeFeature.UpgradeAsync</c>, or <c>WebSockets.AcceptWebSocketAsync</c> without a keep-alive
    /// interval): before that Kestrel owes a response. The endpoint returns after it, and does not use the stream of
    /// the upgrade or the WebSocket any more.
    /// </summary>
    /// <returns>
    /// As <see cref="IHandoffFeature.ReleaseAsync"/>, and before that, with no effect: <c>EEMODENOTSUPP</c> where the
    /// connection is not Handoff's or the request not HTTP/1.1 (a connection of HTTP/2 has many), and <c>EEBUSY</c>
    /// where it has not been upgraded.
    /// </returns>
    /// <param name="context">The request.</param>
    /// <param name="target">Who is to acquire.</param>
    /// <param name="within">How long the offer stands; null for <c>handoff.offer.timeout</c>.</param>
    /// <param name="attachment">What goes with the offer.</param>
    /// <param name="pushBack">The last bytes that the endpoint read of the upgraded stream and gives back, as
    /// <see cref="Release.PushBack"/>.</param>
    /// <param name="cancellationToken">Revokes the offer, if it is still pending.</param>
    public static async Task<SocketResult> ReleaseConnectionAsync(
        this HttpContext context,
        IActorRef target,
        TimeSpan? within = null,
        object? attachment = null,
        ReadOnlyMemory<byte> pushBack = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Features.Get<IHandoffFeature>() is not { } connection)
            return new(ResultCode.EEMODENOTSUPP, "the connection did not come through a HandoffEndPoint");
        if (!HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            return new(ResultCode.EEMODENOTSUPP,
                $"{context.Request.Protocol}: only a request of HTTP/1.1 can be upgraded to the connection");
        }

        if (!context.Response.HasStarted || context.Response.StatusCode != StatusCodes.Status101SwitchingProtocols)
            return new(ResultCode.EEBUSY, "the request has not been upgraded, so that Kestrel owes a response");
        return await connection.ReleaseAsync(target, within, attachment, pushBack, cancellationToken);
    }
}
