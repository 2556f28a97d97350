using System.Net;
using Akka.Streams.Dsl;
using Handoff.Messages;
using Handoff.Streams.Intake;
using Handoff.Transport.Ownership;

namespace Handoff.Streams;

/// <summary>Listeners as sources of connections.</summary>
public static class SocketSource
{
    /// <summary>
    /// Listens when it is materialized, each time anew. A connection is acquired when it is asked for; at most
    /// <c>handoff.streams.max-waiting</c> are accepted before, and the others wait in the operating system. One that
    /// is not asked for within <c>handoff.streams.take-within</c> is closed.
    /// </summary>
    /// <param name="handoff">The extension of the actor system.</param>
    /// <param name="endPoint">Where to listen; port 0 takes any free one.</param>
    /// <param name="more">Changes the command, whose owner and acceptor are the source's; null leaves it.</param>
    /// <returns>
    /// The stream completes when the listener is closed, and fails with its code if that was no good end; the listener
    /// is closed when the stream ends, and connections that were not given to it are closed. Where it cannot listen,
    /// the stream and the materialized task fail with the codes of <see cref="Listen"/>.
    /// </returns>
    public static Source<IncomingSocket, Task<Binding>> Listen(
        HandoffExtension handoff, EndPoint endPoint, Func<Listen, Listen>? more = null)
    {
        ArgumentNullException.ThrowIfNull(handoff);
        ArgumentNullException.ThrowIfNull(endPoint);
        var settings = StreamSettings.For(handoff.System);
        return Source.FromGraph(new IntakeStage<Binding>("listen", handoff, handoff.Settings.MaxWaiting, OpenAsync));

        async Task<(Binding, ListeningSocket?)> OpenAsync(SocketTarget target)
        {
            var listener = await handoff.Anchors.ListenAsync(self =>
            {
                var listen = new Listen(endPoint, self, target.Ref)
                {
                    MaxWaiting = Math.Min(settings.MaxWaiting, handoff.Settings.MaxWaiting),
                    AcquireWithin = settings.TakeWithin,
                };
                var changed = more?.Invoke(listen) ?? listen;
                return changed with { Owner = self, Acceptor = target.Ref, Mode = OfferMode.InOrder };
            }).ConfigureAwait(false);
            return (new Binding(listener), listener);
        }
    }
}
