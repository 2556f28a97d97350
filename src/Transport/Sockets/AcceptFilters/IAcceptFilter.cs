using System.Buffers;

namespace Handoff.Transport.Sockets.AcceptFilters;

/// <summary>
/// Decides by the first bytes of an accepted connection whether its acceptor is shown it. What a filter looks at is
/// not consumed: it is the first that the acquirer reads. Source: <c>accept_filter(9)</c>.
/// </summary>
/// <remarks>
/// One instance serves any number of connections at the same time, so that it keeps nothing between two calls: what it
/// says depends on its arguments alone. It must not wait. One that throws drops that connection.
/// </remarks>
public interface IAcceptFilter
{
    /// <summary>What logs and status call it: "http-head".</summary>
    string Name { get; }

    /// <summary>Looks at everything that has come so far.</summary>
    /// <param name="bytes">
    /// From the first byte on, at most <c>handoff.accept-filter.max-bytes</c>; valid during the call only.
    /// </param>
    /// <param name="moment">
    /// Whether there may be more. Where there is not, <see cref="AcceptVerdict.NeedMore"/> drops the connection.
    /// </param>
    AcceptVerdict Look(in ReadOnlySequence<byte> bytes, AcceptMoment moment);
}
