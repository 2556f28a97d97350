namespace Handoff.TestKit.Simulation;

// Calls that ended under the gate and go on once it is left, in order.
internal struct Wakes
{
    private ICall? _first;
    private ICall? _second;
    private List<ICall>? _more;

    public void Add(ICall call)
    {
        if (_first is null) _first = call;
        else if (_second is null) _second = call;
        else (_more ??= []).Add(call);
    }

    public readonly void Fire()
    {
        _first?.Fire();
        _second?.Fire();
        if (_more is null) return;
        foreach (var call in _more) call.Fire();
    }
}
