namespace Akka.Actor.Internal;

// References, and what goes with each. Most actors have none or one, and need no table for it.
internal struct RefTable
{
    private IActorRef _single;
    private object _with;
    private Dictionary<IActorRef, object> _more;

    internal readonly IEnumerable<IActorRef> Keys => _more != null ? _more.Keys : _single != null ? [_single] : [];

    // False where it is there already, and stays as it is.
    internal bool TryAdd(IActorRef key, object with)
    {
        if (_more != null)
            return _more.TryAdd(key, with);
        if (_single == null)
        {
            _single = key;
            _with = with;
            return true;
        }

        if (_single.Equals(key))
            return false;
        _more = new Dictionary<IActorRef, object> { [_single] = _with, [key] = with };
        _single = null;
        _with = null;
        return true;
    }

    internal bool Remove(IActorRef key) => Remove(key, out _);

    internal bool Remove(IActorRef key, out object with)
    {
        if (_more != null)
            return _more.Remove(key, out with);
        with = _with;
        if (_single == null || !_single.Equals(key))
        {
            with = null;
            return false;
        }

        _single = null;
        _with = null;
        return true;
    }

    internal RefTable TakeAll()
    {
        var all = this;
        this = default;
        return all;
    }
}
