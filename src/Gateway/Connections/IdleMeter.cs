namespace Handoff.Gateway.Connections;

// Looks at a position that only rises, Checks times in the idle time-out, and says when it stood still for that long.
internal sealed class IdleMeter
{
    public const int Checks = 4;

    private long _moved = -1;
    private int _checksWithout;

    public bool IsIdle(long moved)
    {
        _checksWithout = moved == _moved ? _checksWithout + 1 : 0;
        _moved = moved;
        return _checksWithout >= Checks;
    }

    // For how long nothing has moved, as far as it was looked at.
    public TimeSpan Idle(TimeSpan timeout) => timeout / Checks * _checksWithout;

    // As if it had been here meanwhile; the time-out may be another one by now.
    public void Begin(long moved, TimeSpan idle, TimeSpan timeout)
    {
        _moved = moved;
        _checksWithout = (int)Math.Min(Checks, idle / (timeout / Checks));
    }
}
