using System.Buffers;
using Handoff.Transport;
using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.Campaign.Tests.Parties;

// The accept filters that listeners have, and how many bytes each one waits for.
internal sealed class Filters(Func<IAcceptFilter, IAcceptFilter> made)
{
    public IAcceptFilter DataReady => made(AcceptFilter.DataReady);

    public IAcceptFilter Wanting(int bytes) => made(new Wants(bytes));

    // Turns some away by what they bring first.
    private sealed class Wants(int least) : IAcceptFilter
    {
        private const int OneIn = 16;

        public string Name => "wants";

        public AcceptVerdict Look(in ReadOnlySequence<byte> bytes, AcceptMoment moment)
        {
            if (bytes.Length < least) return AcceptVerdict.NeedMore;
            return bytes.FirstSpan[0] % OneIn == 0 ? AcceptVerdict.Drop(ResultCode.EESECURITY) : AcceptVerdict.Accept;
        }
    }
}
