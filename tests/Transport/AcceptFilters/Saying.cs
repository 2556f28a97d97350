using System.Buffers;
using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.Transport.Tests.AcceptFilters;

/// <summary>A filter that says what the test says, and tells how it was asked.</summary>
internal sealed class Saying(Func<ReadOnlySequence<byte>, AcceptMoment, AcceptVerdict> say) : IAcceptFilter
{
    public List<(long Length, AcceptMoment Moment)> Asked { get; } = [];

    public string Name => "saying";

    public AcceptVerdict Look(in ReadOnlySequence<byte> bytes, AcceptMoment moment)
    {
        Asked.Add((bytes.Length, moment));
        return say(bytes, moment);
    }
}
