using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Kernel;

// Why associations of one socket ended, where the notification does not say it. Of a socket with one association the
// kernel keeps the error. Of a one-to-many socket it does not: there an association whose peer was silent when it
// failed has timed out, and else it was aborted without a word (as by a peer that does not know it any more); and one
// that did not come up has timed out if all tries together have taken as long as they may. Under the receiver's lock.
internal sealed class EndCauses(TimeProvider time)
{
    // More than that begin at the same time; of the others a time-out is told as a refusal.
    public const int MostBeginning = 4096;

    // By id, or by the peer's address where a send began it: the kernel numbers that one when it is up.
    private readonly Dictionary<object, long> _beginning = [];
    private readonly HashSet<SctpAssociationId> _silent = [];

    public int Beginning => _beginning.Count;

    public void Begins(SctpAssociationId association) => Begins((object)association);

    public void Begins(IPEndPoint peer) => Begins((object)peer);

    // Sender: the peer's primary address.
    public void Heard(in SctpNotification notification, IPEndPoint? sender)
    {
        var association = notification.Association;
        if (notification.Answers is false) _silent.Add(association);
        else if (notification.Answers is true) _silent.Remove(association);
        if (notification.Event is SctpUp) HasBegun(association, sender, out _);
    }

    // Pending: the error that the kernel keeps, if any. Tries: how long all of them take.
    public SctpEvent Explain(SctpEvent last, IPEndPoint? sender, Errno pending, Func<TimeSpan> tries)
    {
        var wasSilent = _silent.Remove(last.Association);
        var hasBegun = HasBegun(last.Association, sender, out var begun);
        return last switch
        {
            SctpLost { Code: ResultCode.None } lost => lost with { Code = OfLost(pending, wasSilent) },
            SctpCannotStart { Code: ResultCode.None } failed => failed with
            {
                Code = hasBegun && time.GetElapsedTime(begun) >= tries()
                    ? ResultCode.EETIMEDOUT
                    : ResultCode.EECONNREFUSED,
            },
            _ => last,
        };
    }

    public static ResultCode? CodeOf(Errno pending) => pending switch
    {
        Errno.TimedOut => ResultCode.EETIMEDOUT,
        Errno.Aborted => ResultCode.EEABORTED,
        Errno.None => null,
        _ => ResultCode.EERESET,
    };

    // Goes with an association that is peeled off.
    public void Move(SctpAssociationId association, EndCauses to)
    {
        if (_silent.Remove(association)) to._silent.Add(association);
        if (_beginning.Remove(association, out var begun)) to._beginning.Add(association, begun);
    }

    // RFC 9260, 4: the first try and each further one waits twice as long as the one before. The last wait is counted
    // half, as the kernel's clock is coarser than ours.
    public static TimeSpan TriesOf(int initial, int most, int attempts)
    {
        double total = 0, wait = Math.Min(initial, most);
        for (var i = 0; i <= attempts; i++)
        {
            total += i == attempts ? wait / 2 : wait;
            wait = Math.Min(wait * 2, most);
        }

        return TimeSpan.FromMilliseconds(total);
    }

    private void Begins(object association)
    {
        if (_beginning.Count < MostBeginning) _beginning.TryAdd(association, time.GetTimestamp());
    }

    private bool HasBegun(SctpAssociationId association, IPEndPoint? peer, out long begun) =>
        _beginning.Remove(association, out begun) || (peer is not null && _beginning.Remove(peer, out begun));

    private static ResultCode OfLost(Errno pending, bool wasSilent) =>
        CodeOf(pending) ?? (wasSilent ? ResultCode.EETIMEDOUT : ResultCode.EERESET);
}
