using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Transport.Handles.Driving;

// Frames over a control socket; those that are too long for a message go in a sealed memory file.
internal sealed class FrameChannel(ControlSocket control, HandleOptions options) : IDisposable
{
    public ControlSocket Control => control;

    public HandleOptions Options => options;

    public async ValueTask<SocketResult> SendAsync(
        Frame frame, IReadOnlyList<SocketDescriptor> descriptors, CancellationToken cancellationToken)
    {
        if (descriptors.Count != frame.Descriptors)
            throw new ArgumentException($"{descriptors.Count} descriptors with {frame}.", nameof(descriptors));
        var bytes = FrameEncoder.Encode(frame);
        if (bytes.Length <= options.MaxFrame)
            return await control.SendAsync(bytes, descriptors, cancellationToken).ConfigureAwait(false);
        if (bytes.Length > options.MaxPayload)
            return new(ResultCode.EEMSGSIZE, $"a frame of {bytes.Length} bytes; it may have {options.MaxPayload}");
        var (file, code) = SealedMemory.Create(bytes.Span);
        if (file is null) return SocketResult.Of(code);
        using (file)
        {
            var reference = FrameEncoder.Encode(new Frame.Sealed(frame.Id, bytes.Length));
            return await control.SendAsync(reference, [file, .. descriptors], cancellationToken).ConfigureAwait(false);
        }
    }

    // Of those that are short, and carry nothing; never waits.
    public SocketResult TrySend(Frame frame) => control.TrySend(FrameEncoder.Encode(frame).Span, []);

    // With an offer come the traces that were told right before it.
    public async ValueTask<FrameArrival> ReceiveAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        var bound = new Bound(within, options.TimeProvider);
        var arrival = await ReceiveOneAsync(within, cancellationToken).ConfigureAwait(false);
        if (arrival.Frame is not Frame.Traces traces) return arrival;
        var next = await ReceiveOneAsync(bound.Left, cancellationToken).ConfigureAwait(false);
        if (next.Frame is Frame.Traces)
            return Failed(new(ResultCode.EEBADDATA, "traces that no offer follows"), 0, isEnd: false);
        return next.Frame is Frame.Offer offer && offer.Id == traces.Of && offer.Sockets.Count == traces.Contexts.Count
            ? next with { Frame = offer with { Origins = traces.Contexts } }
            : next;
    }

    private async ValueTask<FrameArrival> ReceiveOneAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        var message = await control.ReceiveAsync(within, cancellationToken).ConfigureAwait(false);
        if (!message.Result.IsSuccess)
            return Failed(message.Result, FrameDecoder.IdOfOffer(message.Bytes.Span), message.IsEnd);
        var decoded = FrameDecoder.Decode(message.Bytes.Span, options.MaxFrame);
        var passed = message.Descriptors;
        var why = SocketResult.Success;
        if (decoded.Frame is Frame.Sealed reference)
        {
            // It may be long, and other sockets' bytes would wait for it on the loop.
            await Task.Yield();
            (decoded, why) = Open(reference, passed);
        }

        if (decoded.Error is { } error) why = error.Result;
        if (why.IsSuccess && decoded.Frame is { } frame)
        {
            if (passed.Count == frame.Descriptors) return new(frame, passed, SocketResult.Success, frame.Id, false);
            why = new(ResultCode.EEBADDATA, $"{passed.Count} descriptors came; the frame has {frame.Descriptors}");
        }

        passed.Dispose();
        return Failed(why, decoded.Id, isEnd: false);
    }

    public void Dispose() => control.Dispose();

    private (DecodedFrame Decoded, SocketResult Why) Open(Frame.Sealed reference, PassedDescriptors passed)
    {
        var none = new DecodedFrame(null, null, reference.Id);
        if (passed.Count == 0) return (none, new(ResultCode.EEBADDATA, "a sealed frame came without its file"));
        using var file = passed.Take();
        var (bytes, result) = SealedMemory.Read(file, reference.Length, options.MaxPayload);
        if (bytes is null) return (none, result);
        var decoded = FrameDecoder.Decode(bytes, options.MaxPayload);
        if (decoded.Frame is Frame.Sealed || (decoded.Error is null && decoded.Id != reference.Id))
            return (none, new(ResultCode.EEBADDATA, "a sealed frame is not the one that was announced"));
        return (decoded, SocketResult.Success);
    }

    private static FrameArrival Failed(SocketResult why, ulong id, bool isEnd) =>
        new(null, PassedDescriptors.None, why, id, isEnd);
}
