using Akka;
using Akka.Actor;
using Akka.Streams.Dsl;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Streams;

/// <summary>Hands on the sockets that come, each with its outcome.</summary>
public static class ReleaseSink
{
    /// <summary>Releases each socket to one target.</summary>
    /// <param name="target">Who is to acquire.</param>
    /// <param name="options">How many at a time, and what becomes of those that nobody acquires; null for the
    /// default.</param>
    /// <returns>The outcomes, counted, when the stream has completed and the last one is known.</returns>
    public static Sink<OwnedSocket, Task<ReleaseTotals>> To(IActorRef target, ReleaseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        return By(socket => new Release(socket.Handle, target), options);
    }

    /// <summary>Releases each socket as a function says: to whom, for how long, with what attached.</summary>
    /// <param name="release">Makes the command, with the handle of the socket. If it throws, the socket is closed and
    /// the stream fails.</param>
    /// <param name="options">As for <see cref="To"/>.</param>
    public static Sink<OwnedSocket, Task<ReleaseTotals>> By(
        Func<OwnedSocket, Release> release, ReleaseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(release);
        var how = Checked(options);
        return Flow.Create<OwnedSocket>()
            .SelectAsyncUnordered(how.Parallelism, socket => ReleaseAsync(socket, release, how))
            .ToMaterialized(
                Sink.Aggregate<ReleaseReport, ReleaseTotals>(
                    ReleaseTotals.None, (totals, report) => totals.With(report)),
                Akka.Streams.Dsl.Keep.Right);
    }

    /// <summary>As <see cref="By"/>, but each outcome goes on in the stream, in the order of the sockets: one that
    /// takes its time holds up those behind it.</summary>
    /// <param name="release">Makes the command.</param>
    /// <param name="options">As for <see cref="To"/>.</param>
    public static Flow<OwnedSocket, ReleaseReport, NotUsed> Reporting(
        Func<OwnedSocket, Release> release, ReleaseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(release);
        var how = Checked(options);
        return Flow.Create<OwnedSocket>()
            .SelectAsync(how.Parallelism, socket => ReleaseAsync(socket, release, how));
    }

    private static ReleaseOptions Checked(ReleaseOptions? options)
    {
        var how = options ?? ReleaseOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(how.Parallelism, 1, nameof(options));
        return how;
    }

    private static async Task<ReleaseReport> ReleaseAsync(
        OwnedSocket socket, Func<OwnedSocket, Release> release, ReleaseOptions how)
    {
        try
        {
            var command = release(socket);
            var result = await socket.ReleaseAsync(command).ConfigureAwait(false);
            if (result.IsSuccess) return new ReleaseReport(command, result);
            if (how.OnFailed is null) socket.End(isAborted: false);
            else await how.OnFailed(socket, result).ConfigureAwait(false);
            return new ReleaseReport(command, result);
        }
        catch
        {
            socket.End(isAborted: false);
            throw;
        }
    }
}
