namespace Handoff.Transport.Engine.Paths;

// The pauses of a connect whose listener has no room: a Unix socket says so at once and nothing tells of room later
// (connect(2), EAGAIN), so that it has to be asked again.
internal sealed class Turns : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);
    private readonly TimeProvider _timeProvider;
    private readonly CancellationToken _given;
    private readonly CancellationTokenSource _late;
    private readonly CancellationTokenSource _either;
    private TimeSpan _pause = TimeSpan.FromMilliseconds(1);

    public Turns(TimeSpan timeout, TimeProvider timeProvider, CancellationToken given)
    {
        _timeProvider = timeProvider;
        _given = given;
        _late = new CancellationTokenSource(timeout, timeProvider);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_late.Token, given);
    }

    // Trips at the time-out, or when the caller gives up.
    public CancellationToken Token => _either.Token;

    // Why the token has tripped.
    public ResultCode Over => _given.IsCancellationRequested ? ResultCode.EEINTR : ResultCode.EETIMEDOUT;

    // Why there is no other turn; null if there is.
    public async ValueTask<ResultCode?> NextAsync()
    {
        var due = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = _timeProvider.CreateTimer(
            Pass, due, _pause, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        await using var over = Token.UnsafeRegister(Pass, due).ConfigureAwait(false);
        await due.Task.ConfigureAwait(false);
        if (Token.IsCancellationRequested) return Over;
        _pause = _pause * 2 < Longest ? _pause * 2 : Longest;
        return null;
    }

    public void Dispose()
    {
        _either.Dispose();
        _late.Dispose();
    }

    private static void Pass(object? due) => ((TaskCompletionSource)due!).TrySetResult();
}
