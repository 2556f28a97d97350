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
}
