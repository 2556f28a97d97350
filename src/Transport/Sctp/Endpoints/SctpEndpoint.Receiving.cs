using System.Buffers;
using Handoff.Transport.Associations;

namespace Handoff.Transport.Sctp.Endpoints;

// The loop that receives.
internal sealed partial class SctpEndpoint
{
    private async Task RunAsync()
    {
        try
        {
            await ReceiveAsync().ConfigureAwait(false);
            Over(defect: null);
        }
        catch (Exception defect)
        {
            Over(defect);
            throw;
        }
    }

    private async Task ReceiveAsync()
    {
        while (await RoomAsync().ConfigureAwait(false))
        {
            var ready = await Socket.WaitReadableAsync().ConfigureAwait(false);
            if (!ready.IsSuccess) break;
            var buffer = ArrayPool<byte>.Shared.Rent(_options.ReceiveSize);
            TakeSome(buffer);
            ArrayPool<byte>.Shared.Return(buffer);
            CloseIfUnused();
        }
    }

    // Whoever is still here hears of no end: the socket is gone.
    private void Over(Exception? defect)
    {
        SharedAssociation[] left;
        lock (_receiving)
        {
            _isOver = true;
            left = [.. _here.Values];
            _here.Clear();
            foreach (var outcome in _connecting.Values) outcome.TrySetResult(ResultCode.EEBADF);
        }

        foreach (var one in left)
        {
            var wakes = new AssociationWakes(one);
            var lost = new SctpLost(one.Association, ResultCode.EEABORTED, Cause: 0);
            one.Put(SctpReceived.Of(lost, sender: null), default, ref wakes);
            wakes.Fire();
        }

        Socket.Dispose();
        _arrived.Writer.TryComplete(defect);
    }

    private ValueTask<bool> RoomAsync()
    {
        lock (_receiving)
        {
            if (_full is null) return new ValueTask<bool>(!_isOver);
            _room.Arm();
            return _room.Armed;
        }
    }

    // Whoever reads is told of several at once, so that it is not woken for each.
    private void TakeSome(Span<byte> buffer)
    {
        var wakes = default(AssociationWakes);
        for (var i = 1; i <= MostInARow && TakeNext(buffer, ref wakes); i++)
        {
            if (!wakes.IsUrgent && i % MostUntold != 0) continue;
            wakes.FireHere();
            wakes = default;
        }

        wakes.FireHere();
    }

    // One receive, sorted, in one step: so that what comes before a peel is there before it. True if another may be.
    private bool TakeNext(Span<byte> buffer, ref AssociationWakes wakes)
    {
        var before = default(AssociationWakes); // of another association
        bool goesOn;
        lock (_receiving)
        {
            var what = Socket.TryReceive(buffer);
            if (!what.IsSuccess) return false;
            if (Whose(what) is not { } one) return true;
            if (!ReferenceEquals(one, wakes.Association)) (before, wakes) = (wakes, new AssociationWakes(one));
            Put(one, what, buffer[..what.Bytes], ref wakes);
            goesOn = _full is null;
        }

        before.FireHere();
        return goesOn;
    }

    // Null of one that never came up, and of one that is over.
    private SharedAssociation? Whose(in SctpReceived what)
    {
        var id = what.Event?.Association ?? what.Info.Association;
        if (what.Event is SctpUp) return Begin(id, what);
        if (what.Event is SctpCannotStart failed)
        {
            if (_connecting.Remove(id, out var outcome)) outcome.TrySetResult(failed.Code);
            else NotBegun?.Invoke(failed, what.Sender);
            return null;
        }

        return _here.GetValueOrDefault(id);
    }

    private void Put(
        SharedAssociation one, in SctpReceived what, ReadOnlySpan<byte> bytes, ref AssociationWakes wakes)
    {
        var isFull = !one.Put(what, bytes, ref wakes);
        if (what.Event?.IsLast() ?? false)
        {
            _here.Remove(one.Association);
            return;
        }

        // As a stack does whose socket is closed.
        if (what.Event is null && one.IsClosed) End(one.Association, isAbort: true);
        if (!isFull || PeelOffHere(one, SctpPeelFlags.None, ref wakes) is ResultCode.EESUCCESS) return;
        Volatile.Write(ref _full, one);
        if (one.HasRoom) _full = null; // since then
    }

    private SharedAssociation Begin(SctpAssociationId id, in SctpReceived up)
    {
        var peer = up.Sender ?? (Socket.GetPeerAddresses(id).Value is [var first, ..] ? first : null);
        var one = new SharedAssociation(this, id, peer, _initial, _options);
        _here[id] = one;
        var isAccepted = _arrived.Writer.TryWrite(one); // none once it is closing
        if (_connecting.Remove(id, out var outcome))
            outcome.TrySetResult(isAccepted ? ResultCode.EESUCCESS : ResultCode.EEQUOTA);
        if (!isAccepted) one.Abort();
        return one;
    }

    private void CloseIfUnused()
    {
        lock (_receiving)
        {
            if (!_isClosing || _isOver || _here.Count > 0 || _connecting.Count > 0) return;
        }

        Socket.Dispose();
    }
}
