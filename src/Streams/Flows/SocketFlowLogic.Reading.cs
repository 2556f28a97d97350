using System.Buffers;
using System.IO.Pipelines;
using Handoff.Transport;

namespace Handoff.Streams.Flows;

internal sealed partial class SocketFlowLogic
{
    private bool _isCancelling;

    private bool CanRead => _socket is not null && !HasEnded && !_read.IsPending;

    // Nothing that is read now would be passed on.
    private bool HasReadAll => _detach.Asked is not null || IsClosed(_out);

    private void Read()
    {
        if (CanRead) ReadOn();
    }

    // Where a part of a frame was looked at it must be read again, also if the stream is to leave by now: bytes that
    // were looked at, and no more, are not read again by who goes on with the lease.
    private void ReadOn()
    {
        try
        {
            while (_read.Begin(_input.ReadAsync()))
            {
                if (Take(_read.End())) return;
            }
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
    }

    private void OnRead()
    {
        try
        {
            var result = _read.End();
            if (_isCancelling && !result.IsCanceled) UseUpCancellation(result);
            else if (!Take(result)) ReadOn();
            Step();
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
    }

    // The read had its bytes before it was cancelled: the next one, which may be another owner's, would be instead.
    private void UseUpCancellation(ReadResult result)
    {
        _input.AdvanceTo(result.Buffer.Start);
        if (_input.TryRead(out var cancelled)) _input.AdvanceTo(cancelled.Buffer.Start);
    }

    private void CancelRead()
    {
        if (!_read.IsPending || _isCancelling) return;
        _isCancelling = true;
        try
        {
            _input.CancelPendingRead();
        }
        catch (SocketFailedException failure)
        {
            Fail(failure);
        }
    }

    // Whether there is no more to read for now.
    private bool Take(ReadResult result)
    {
        var unread = result.Buffer;
        if (HasReadAll)
        {
            _input.AdvanceTo(unread.Start);
            return true;
        }

        if (TryFind(unread, out var found, out var end))
        {
            PassOn(found, end);
            return true;
        }

        if (!result.IsCompleted)
        {
            _input.AdvanceTo(unread.Start, unread.End);
            return false;
        }

        OnEnd(unread);
        return true;
    }

    private bool TryFind(
        in ReadOnlySequence<byte> unread, out ReadOnlySequence<byte> found, out SequencePosition end)
    {
        if (_options.Framing is { } framing)
        {
            try
            {
                var isFound = framing.TryFind(unread, out found, out end);
                if (isFound && found.Length > framing.MaxFrame)
                    throw new FormatException($"a frame of {found.Length} bytes; it may have {framing.MaxFrame}");
                if (!isFound && unread.Length > (long)framing.MaxFrame + framing.MaxOverhead)
                    throw new FormatException($"no frame in {unread.Length} bytes");
                return isFound;
            }
            catch (FormatException bad)
            {
                throw Bad(unread, bad.Message);
            }
        }

        found = unread.Length > _settings.MaxChunk ? unread.Slice(0, _settings.MaxChunk) : unread;
        end = found.End;
        return !found.IsEmpty;
    }

    private void PassOn(in ReadOnlySequence<byte> found, SequencePosition end)
    {
        var bytes = found.ToArray();
        _input.AdvanceTo(end);
        Push(_out, bytes);
        if (_options.LeaveAfter?.Invoke(bytes) is not true) return;
        _detach.Ask(LeaveMode.Drain);
        OnLeave();
    }

    // The peer's FIN, after what it had sent.
    private void OnEnd(in ReadOnlySequence<byte> rest)
    {
        if (rest.IsEmpty)
        {
            _input.AdvanceTo(rest.End);
        }
        else
        {
            DemandWhole(rest);
            PassOn(rest, rest.End);
        }

        Complete(_out);
        Step();
    }

    // Or allowed, and no longer than a whole one.
    private void DemandWhole(in ReadOnlySequence<byte> rest)
    {
        var framing = _options.Framing!;
        if (!framing.AllowsTruncation)
            throw Bad(rest, $"the input ended inside a frame, after {rest.Length} bytes of it");
        if (rest.Length > framing.MaxFrame)
            throw Bad(rest, $"a frame of {rest.Length} bytes; it may have {framing.MaxFrame}");
    }

    private SocketFailedException Bad(in ReadOnlySequence<byte> unread, string why)
    {
        _input.AdvanceTo(unread.Start);
        return new SocketFailedException(new SocketResult(ResultCode.EEBADDATA, why));
    }

    private void OnDownstreamFinish()
    {
        if (_socket is null) return;
        CancelRead();
        Step();
    }
}
