using System.Buffers;
using System.Runtime.InteropServices;
using Handoff.Messages;

namespace Handoff.TestKit.Checks;

// From the owners to the peer. Compared when everything has come to rest: only then has each write its answer.
internal sealed class OutboundCheck(Violations violations, string connection)
{
    private readonly ByteTrack _accepted = new();
    private readonly UnfinishedWrites _unfinished = new();
    private readonly List<byte> _seen = [];
    private long _surely;
    private int _compared;

    public long Accepted => _accepted.Length;

    public IReadOnlyList<byte> Seen => _seen;

    // Nothing waits for room, and the peer got all that was accepted.
    public bool IsComplete => _unfinished.IsEmpty && _surely == Accepted && _seen.Count == Accepted;

    // The owner is one that is not watched: what it writes is counted when another owns again.
    public bool IsOutOfSight { get; set; }

    public void Writes(Write write) => _unfinished.Add(write);

    // By a lease, whose flush says when it was accepted. Of one that does not end a part may have been.
    public void Accept(long position, ReadOnlySpan<byte> bytes)
    {
        if (position != Accepted)
            violations.Add($"{connection}: writing goes on at {position}, but {Accepted} were accepted");
        CutTo(position);
        _accepted.Append(bytes);
    }

    public void Flushed(long position) => _surely = Math.Max(_surely, Math.Min(position, Accepted));

    // After strangers: owners that are not watched were between this one and the last that was told anything.
    public void Told(object message, bool isAfterStrangers = false)
    {
        switch (message)
        {
            case Written written when _unfinished.TryEnd(written.Write):
                Accept(written.Position - written.Write.Bytes.Length, written.Write.Bytes.Span);
                Flushed(written.Position);
                break;
            case Refused { Command: Write write } refused:
                _unfinished.Refuse(write, refused.Result.Code);
                break;
            case Acquired acquired:
                Begins(acquired, isAfterStrangers);
                break;
        }
    }

    public void PeerSaw(in ReadOnlySequence<byte> bytes)
    {
        foreach (var part in bytes) _seen.AddRange(part.Span);
    }

    public void AtRest()
    {
        _unfinished.Rest();
        var all = Accepted + _unfinished.Bytes;
        if (_seen.Count > all && !IsOutOfSight)
            violations.Add($"{connection}: the peer got {_seen.Count} bytes, but {all} were written");
        Compare();
    }

    // The peer saw the end of a connection that ended well.
    public void AtEnd()
    {
        Compare();
        var more = CollectionsMarshal.AsSpan(_seen)[Math.Min(_seen.Count, _accepted.Length)..];
        if (_seen.Count >= _surely && (IsOutOfSight || _unfinished.MayBe(more))) return;
        violations.Add($"{connection}: the peer got {_seen.Count} of {Accepted} bytes before the end");
    }

    // How much the owners before accepted all in all. The last write of one may have been torn by its death.
    private void Begins(Acquired acquired, bool isAfterStrangers)
    {
        var written = acquired.Written;
        var more = (int)(written - Accepted);
        if (written < _surely)
            violations.Add($"{connection}: an owner begins at {written}, but {_surely} were accepted");
        CutTo(written);
        if (more > 0 && _unfinished.Part(more) is { } part)
            _accepted.Append(part.Span);
        else if (more > 0 && (isAfterStrangers || more <= _unfinished.Bytes))
            _accepted.AppendUnknown(more);
        else if (more > 0)
            violations.Add($"{connection}: an owner begins at {written}, but only {Accepted} were written");
        _unfinished.BeginEpoch(acquired.Handle.Epoch);
        _surely = written;
    }

    private void CutTo(long position)
    {
        _accepted.CutTo(position);
        _compared = Math.Min(_compared, _accepted.Length);
    }

    private void Compare()
    {
        var end = Math.Min(_seen.Count, _accepted.Length);
        if (_compared >= end) return;
        var seen = CollectionsMarshal.AsSpan(_seen)[_compared..end];
        if (_accepted.Difference(_compared, seen) is { } other)
            violations.Add($"{connection}: the peer got another byte than was written at position {other}");
        else
            _compared = end;
    }
}
