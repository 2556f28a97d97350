namespace Handoff.Bench.Echo;

// Shared by the loops of one load; asked once a turn, so that it is cheaper than a token.
internal sealed class StopSign
{
    private volatile bool _isSet;

    public bool IsSet => _isSet;

    public void Set() => _isSet = true;
}
