using System.Buffers;
using Handoff.Messages;

namespace Handoff.TestKit.Checks;

// From the owners to the peer. Compared when everything has come to rest: only then has each write its answer.
internal sealed class OutboundCheck(Violations violations, string connection)
{
    private readonly ByteTrack _accepted = new();
    private readonly List<Write> _waiting = [];
    private readonly List<byte> _seen = [];
    private int _compared;

    public long Accepted => _accepted.Length;

    public IReadOnlyList<byte> Seen => _seen;

    public void Writes(Write write) => _waiting.Add(write);

    // By a lease: accepted in one piece, or in order as far as the next epoch says.
    public void Accept(long position, ReadOnlySpan<byte> bytes)
    {
        if (position != _accepted.Length && !MayBeOutOfSight)
            violations.Add($"{connection}: writing goes on at {position}, but {_accepted.Length} were accepted");
        _accepted.CutTo(position);
        _accepted.Append(bytes);
    }

    public void Told(object message)
    {
        switch (message)
        {
            case Written written when _waiting.Remove(written.Write):
                Accept(written.Position - written.Write.Bytes.Length, written.Write.Bytes.Span);
                break;
            case Refused { Command: Write write }:
                _waiting.Remove(write);
                break;
            case Acquired acquired when acquired.Written < _accepted.Length:
                // The rest of a write that its owner's death tore.
                _accepted.CutTo(acquired.Written);
                break;
        }
    }

    // Whether owners that are not watched may write whatever they like.
    public bool MayBeOutOfSight { get; set; }

    public void PeerSaw(in ReadOnlySequence<byte> bytes)
    {
        foreach (var part in bytes) _seen.AddRange(part.Span);
    }

    public void AtRest()
    {
        if (MayBeOutOfSight) return;
        // A write that waits for room is on its way in part.
        var all = _accepted.Length + _waiting.Sum(write => write.Bytes.Length);
        if (_seen.Count > all)
            violations.Add($"{connection}: the peer got {_seen.Count} bytes, but {all} were written");
        var end = Math.Min(_seen.Count, _accepted.Length);
        for (; _compared < end; _compared++)
        {
            if (_seen[_compared] == _accepted.From(_compared, 1)[0]) continue;
            violations.Add($"{connection}: the peer got another byte than was written at position {_compared}");
            return;
        }
    }

    // The peer saw the end of a connection that ended well.
    public void AtEnd()
    {
        if (!MayBeOutOfSight && _seen.Count != _accepted.Length)
            violations.Add($"{connection}: the peer got {_seen.Count} of {_accepted.Length} bytes before the end");
    }
}
