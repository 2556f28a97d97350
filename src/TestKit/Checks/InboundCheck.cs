using System.Buffers;
using Akka.Actor;
using Handoff.Messages;

namespace Handoff.TestKit.Checks;

// From the peer to whoever owns the socket: every byte once, in order, wherever the owners changed. What was consumed
// is known for sure from a lease and from Acquired; a Consumed that is under way may still be refused.
internal sealed class InboundCheck(Violations violations, string connection)
{
    // After a revert: whatever was not consumed is delivered again.
    private const long Unknown = -1;

    private readonly Dictionary<IActorRef, (SocketHandle Handle, long Next)> _delivered = [];
    private readonly HashSet<Release> _pushedBack = [];
    private Release? _releasing;
    private long _surely;
    private long _perhaps;

    public ByteTrack Sent { get; } = new();

    public long Consumed => _perhaps;

    public void Releases(Release release) => _releasing = release;

    // After strangers: owners that are not watched were between this one and the last that was told anything, and may
    // have consumed whatever was sent.
    public void Told(IActorRef who, object message, bool isAfterStrangers = false)
    {
        switch (message)
        {
            case Offered: PushBack(_releasing); break;
            case Released released: PushBack(released.Release); break;
            case ReleaseFailed failed:
                PushBack(failed.Release);
                if (_delivered.TryGetValue(who, out var before)) _delivered[who] = before with { Next = Unknown };
                break;
            case Refused { Command: Release refused } when refused == _releasing: _releasing = null; break;
            case Acquired acquired: Begins(who, acquired, isAfterStrangers ? Sent.Length : _perhaps); break;
            case Received received: Delivered(who, received); break;
            case PeerFinished finished: Finished(finished.Position); break;
        }
    }

    // An owner looks at what is unread, from the position that its lease says.
    public void Read(long position, in ReadOnlySequence<byte> bytes, bool isEnd)
    {
        if (position < _surely || position > _perhaps)
            violations.Add($"{connection}: reading goes on at {position}, but {_perhaps} bytes were consumed");
        _surely = _perhaps = position;
        if (Sent.WhyNot(position, bytes) is { } why) violations.Add($"{connection}: read {why}");
        if (isEnd) Finished(position + bytes.Length);
    }

    public void ConsumedByLease(long bytes) => _surely = _perhaps += bytes;

    public void ConsumedByMessage(long position) => _perhaps = Math.Max(_perhaps, position);

    private void Begins(IActorRef who, Acquired acquired, long most)
    {
        if (acquired.Consumed < _surely || acquired.Consumed > most)
        {
            violations.Add(
                $"{connection}: {who.Path.Name} begins at {acquired.Consumed}, but {_perhaps} bytes were consumed");
        }

        _surely = _perhaps = acquired.Consumed;
        _delivered[who] = (acquired.Handle, acquired.Consumed);
    }

    private void Delivered(IActorRef who, Received received)
    {
        // Of an epoch that is over: its owner ignores it.
        if (!_delivered.TryGetValue(who, out var last) || last.Handle != received.Handle) return;
        if (last.Next == Unknown ? received.Position < _surely || received.Position > _perhaps
            : received.Position != last.Next)
        {
            violations.Add($"{connection}: delivered from {received.Position}, but {last.Next} comes next, "
                + $"and {_surely} to {_perhaps} bytes were consumed");
        }

        if (Sent.WhyNot(received.Position, new(received.Bytes)) is { } why)
            violations.Add($"{connection}: delivered {why}");
        _delivered[who] = (received.Handle, received.End);
    }

    private void Finished(long position)
    {
        if (position != Sent.Length)
            violations.Add($"{connection}: the peer's end came at {position}, but it sent {Sent.Length} bytes");
    }

    // Told of twice at most, and put back once.
    private void PushBack(Release? release)
    {
        if (release is null || release.PushBack.IsEmpty || !_pushedBack.Add(release)) return;
        _surely -= release.PushBack.Length;
        _perhaps -= release.PushBack.Length;
    }
}
