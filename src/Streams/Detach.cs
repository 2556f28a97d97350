using Handoff.Transport;

namespace Handoff.Streams;

/// <summary>
/// Leaves a stream with the connection alive: what a flow over a connection materializes. From any thread, once the
/// stream is materialized. A call inside of a stage that is fused with the flow comes before the next read.
/// </summary>
public sealed class Detach
{
    private readonly TaskCompletionSource<OwnedSocket?> _left =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private Action? _notify;
    private int _asked;
    private SocketResult _end = new(ResultCode.EENOTCONN, "the stream has ended");

    internal Detach()
    {
    }

    /// <summary>
    /// Completes with the connection when the stream has left it, whoever asked for that, or with null when the stream
    /// has ended, and the connection with it.
    /// </summary>
    public Task<OwnedSocket?> Left => _left.Task;

    internal LeaveMode? Asked => Volatile.Read(ref _asked) is var asked and > 0 ? (LeaveMode)(asked - 1) : null;

    /// <summary>
    /// Leaves: the flow reads no more and its output completes; what it did not pass on is unread, for whoever owns
    /// the connection next, and what it was given to write is accepted before. The socket's owner is still who it was:
    /// release it, go on with its lease, or dispose of it. What was passed on and nobody wants can go back by
    /// <c>Release.PushBack</c>.
    /// </summary>
    /// <param name="mode">Whether the stream may still write; a second call may only hurry.</param>
    /// <exception cref="SocketFailedException">The stream has ended without leaving: <c>EENOTCONN</c>, or the code of
    /// its failure; <c>EETIMEDOUT</c>: the peer took nothing for <c>handoff.streams.leave-timeout</c>, and the
    /// connection was aborted.</exception>
    public async Task<OwnedSocket> LeaveAsync(LeaveMode mode = LeaveMode.Drain)
    {
        Ask(mode)?.Invoke();
        return await _left.Task.ConfigureAwait(false) ?? throw new SocketFailedException(_end);
    }

    // The notice is given once for what was asked before, too.
    internal void Begin(Action notify)
    {
        bool isAsked;
        lock (_gate)
        {
            _notify = notify;
            isAsked = Asked is not null;
        }

        if (isAsked) notify();
    }

    // By the stage itself, which needs no notice.
    internal Action? Ask(LeaveMode mode)
    {
        lock (_gate)
        {
            if (Asked is null || mode is LeaveMode.Now) Volatile.Write(ref _asked, (int)mode + 1);
            return _notify;
        }
    }

    internal void SetLeft(OwnedSocket socket) => _left.TrySetResult(socket);

    internal void End(SocketResult? why)
    {
        if (why is { IsSuccess: false }) _end = why;
        _left.TrySetResult(null);
    }
}
