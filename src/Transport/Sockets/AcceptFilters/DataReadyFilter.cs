using System.Buffers;

namespace Handoff.Transport.Sockets.AcceptFilters;

internal sealed class DataReadyFilter : IAcceptFilter
{
    public string Name => "data-ready";

    public AcceptVerdict Look(in ReadOnlySequence<byte> bytes, AcceptMoment moment) =>
        bytes.IsEmpty ? AcceptVerdict.NeedMore : AcceptVerdict.Accept;
}
