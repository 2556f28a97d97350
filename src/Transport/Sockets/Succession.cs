using System.Buffers;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets;

// A socket goes from one connection to the next, which uses it in another way. What the first one accepted it still
// sends; what it received and nobody consumed is the next one's. A wait or a receive may still be under way: until
// that has ended, which may need the peer to send more, the next one must not receive.
internal sealed class Succession(IStreamSocket socket, ConnectionOptions options)
{
    private readonly TaskCompletionSource<ResultCode> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Remainder> _received =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IStreamSocket Socket => socket;

    public ConnectionOptions Options => options;

    // The positions that the next one goes on from: what is left over is no byte of its own.
    public long Consumed { get; init; }

    public long Written { get; init; }

    // What was received by now and not consumed.
    public ReadOnlyMemory<byte> Unread { get; init; }

    // All that was accepted is out; or why not.
    public Task<ResultCode> Sent => _sent.Task;

    // What is behind that.
    public Task<Remainder> Received => _received.Task;

    // Of a socket that no connection has used.
    public static Succession OfNobody(IStreamSocket socket, ConnectionOptions options)
    {
        var first = new Succession(socket, options);
        first._sent.SetResult(ResultCode.EESUCCESS);
        first._received.SetResult(new Remainder(default, IsFinished: false, ResultCode.EESUCCESS));
        return first;
    }

    public void HaveSent(OutputState state) => _sent.TrySetResult(
        state is OutputState.Failed failed ? failed.Why.Code : ResultCode.EESUCCESS);

    // Under the gate.
    public void HaveReceived(InboundQueue unread, InputState state)
    {
        var code = state is InputState.Failed failed ? failed.Why.Code : ResultCode.EESUCCESS;
        _received.TrySetResult(new Remainder(unread.Unread.ToArray(), state is InputState.Finished, code));
        unread.Clear(openLast: null);
    }

    public void HaveFailed()
    {
        _sent.TrySetResult(ResultCode.EEABORTED);
        _received.TrySetResult(new Remainder(default, IsFinished: false, ResultCode.EEABORTED));
    }

    // What was received last, and whether the peer's FIN or a failure is behind it.
    public sealed record Remainder(ReadOnlyMemory<byte> Bytes, bool IsFinished, ResultCode Code);
}
