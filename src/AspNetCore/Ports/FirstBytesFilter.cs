using System.Buffers;
using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.AspNetCore.Ports;

// Lets a connection pass once its bytes tell whose it is, or once its peer has finished after a few.
internal sealed class FirstBytesFilter : IAcceptFilter
{
    public string Name => "first-bytes";

    public AcceptVerdict Look(in ReadOnlySequence<byte> bytes, AcceptMoment moment)
    {
        var isDecided = FirstBytes.Look(bytes) is not Speech.Unknown;
        var isAll = moment is AcceptMoment.Finished && !bytes.IsEmpty;
        return isDecided || isAll ? AcceptVerdict.Accept : AcceptVerdict.NeedMore;
    }
}
