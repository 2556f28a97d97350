using System.Buffers;

namespace Handoff.Transport.Sctp.Endpoints;

// What an association brought and nobody received, in order: messages, pieces of them and events. It is full at its
// bounds, and takes what was received already all the same. Only called under the association's gate.
internal sealed class AssociationQueue(int mostItems, int mostBytes)
{
    private readonly Queue<(SctpReceived What, byte[] Bytes)> _items = [];
    private int _taken; // of the first
    private int _bytes;
    private int _messages;

    public bool IsEmpty => _items.Count == 0;

    public bool IsFull => _items.Count >= mostItems || _bytes >= mostBytes;

    // So much less than full that it is worth while to go on.
    public bool HasRoom => _items.Count <= mostItems / 2 && _bytes <= mostBytes / 2;

    // Whether some of it is more than events.
    public bool HasMessages => _messages > 0;

    public void Add(in SctpReceived what, ReadOnlySpan<byte> bytes)
    {
        var kept = bytes.IsEmpty ? [] : ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(kept);
        _items.Enqueue((what, kept));
        _bytes += bytes.Length;
        if (what.Event is null) _messages++;
    }

    // What does not fit into the buffer stays, as the next piece.
    public SctpReceived Take(Span<byte> buffer)
    {
        var (what, bytes) = _items.Peek();
        var count = Math.Min(buffer.Length, what.Bytes - _taken);
        bytes.AsSpan(_taken, count).CopyTo(buffer);
        _bytes -= count;
        if (_taken + count < what.Bytes)
        {
            _taken += count;
            return what with { Bytes = count, IsEndOfMessage = false };
        }

        Drop();
        return what with { Bytes = count };
    }

    public void Clear()
    {
        while (_items.Count > 0) Drop();
        _bytes = 0;
    }

    private void Drop()
    {
        var (what, bytes) = _items.Dequeue();
        _taken = 0;
        if (what.Event is null) _messages--;
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
    }
}
