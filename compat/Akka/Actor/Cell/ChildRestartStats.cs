namespace Akka.Actor.Internal;

internal sealed class ChildRestartStats(IInternalActorRef child)
{
    private const long NoWindow = -1;

    private int _retries;
    private long _windowStart = NoWindow;

    internal IInternalActorRef Child { get; } = child;

    internal bool RequestRestartPermission(int maxNrOfRetries, int withinTimeMilliseconds)
    {
        if (maxNrOfRetries == 0)
            return false;
        if (withinTimeMilliseconds <= 0)
            return maxNrOfRetries < 0 || ++_retries <= maxNrOfRetries;

        // A window opens with a restart; one that comes after it has closed opens the next.
        var now = Environment.TickCount64;
        if (_windowStart == NoWindow)
            _windowStart = now;
        if (now - _windowStart <= withinTimeMilliseconds)
            return ++_retries <= (maxNrOfRetries > 0 ? maxNrOfRetries : 1);
        _retries = 1;
        _windowStart = now;
        return true;
    }
}
