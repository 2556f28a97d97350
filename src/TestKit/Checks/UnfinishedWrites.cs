using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.TestKit.Checks;

// Writes by messages that have no answer, and those that were refused after a part of them had gone out: one that
// waited for room when its owner or the connection ended.
internal sealed class UnfinishedWrites
{
    // A smaller one is accepted whole or not at all.
    private const int Piece = 16 * 1024;

    private readonly List<Write> _open = [];
    private readonly HashSet<Write> _begun = [];
    private readonly List<Write> _cut = [];

    public bool IsEmpty => _open.Count == 0;

    public long Bytes => _open.Count + _cut.Count == 0 ? 0 : All.Sum(write => (long)write.Bytes.Length);

    private IEnumerable<Write> All => _cut.Concat(_open);

    public void Add(Write write) => _open.Add(write);

    public bool TryEnd(Write write) => _open.Remove(write);

    public void Refuse(Write write, ResultCode code)
    {
        if (!_open.Remove(write)) return;
        if (_begun.Contains(write) || (code is ResultCode.EEBADF && write.Bytes.Length > Piece)) _cut.Add(write);
    }

    // Whatever has no answer when everything has come to rest is under way.
    public void Rest()
    {
        if (_begun.Count == 0 && _open.Count == 0) return;
        _begun.Clear();
        _begun.UnionWith(_open);
    }

    // Those of earlier owners are over.
    public void BeginEpoch(long epoch)
    {
        _open.RemoveAll(write => write.Handle.Epoch < epoch);
        _cut.RemoveAll(write => write.Handle.Epoch < epoch);
    }

    // What they came to if it was so many bytes; null if that cannot be known.
    public ReadOnlyMemory<byte>? Part(long bytes)
    {
        if (All.ToList() is not [var only] || only.Bytes.Length < bytes) return null;
        return only.Bytes[..(int)bytes];
    }

    // Whether they may have come to this: some of them, in order, and the last one in part.
    public bool MayBe(ReadOnlySpan<byte> bytes) => MayBe([.. All], 0, bytes);

    private static bool MayBe(Write[] writes, int first, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return true;
        for (var next = first; next < writes.Length; next++)
        {
            var write = writes[next].Bytes.Span;
            var same = write.CommonPrefixLength(bytes);
            if (same == bytes.Length) return true;
            if (same == write.Length && MayBe(writes, next + 1, bytes[same..])) return true;
        }

        return false;
    }
}
