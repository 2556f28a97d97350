using System.Buffers;
using System.Runtime.InteropServices;
using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.Campaign.Tests.Mutants;

// Leaves nothing of what it has looked at.
internal sealed class EatingFilter(IAcceptFilter filter) : IAcceptFilter
{
    public string Name => filter.Name;

    public AcceptVerdict Look(in ReadOnlySequence<byte> bytes, AcceptMoment moment)
    {
        var verdict = filter.Look(bytes, moment);
        if (verdict != AcceptVerdict.Accept) return verdict;
        foreach (var part in bytes) MemoryMarshal.AsMemory(part).Span.Clear();
        return verdict;
    }
}
