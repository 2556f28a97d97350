using System.Buffers;

namespace Handoff.Transport.Sockets.AcceptFilters;

internal sealed class LineFilter : IAcceptFilter
{
    private readonly int _most;

    public LineFilter(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        _most = most;
    }

    public string Name => "line";

    public AcceptVerdict Look(in ReadOnlySequence<byte> bytes, AcceptMoment moment)
    {
        var line = bytes.Length > _most ? bytes.Slice(0, _most) : bytes;
        if (line.PositionOf((byte)'\n') is not null) return AcceptVerdict.Accept;
        return line.Length == _most ? AcceptVerdict.Drop(ResultCode.EEMSGSIZE) : AcceptVerdict.NeedMore;
    }
}
