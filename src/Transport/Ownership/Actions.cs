using System.Collections;
using System.Runtime.CompilerServices;

namespace Handoff.Transport.Ownership;

internal static class Actions
{
    public static Actions<TParty> Of<TParty>(ReadOnlySpan<OwnershipAction<TParty>> actions)
        where TParty : class => default(Actions<TParty>).Then(actions);
}

// The actions of a transition, in order. As many as a handoff has at once need no memory of their own.
[CollectionBuilder(typeof(Actions), nameof(Actions.Of))]
internal readonly struct Actions<TParty> : IReadOnlyList<OwnershipAction<TParty>>
    where TParty : class
{
    private readonly Few _few;
    private readonly OwnershipAction<TParty>[]? _more;

    private Actions(in Few few, OwnershipAction<TParty>[]? more, int count)
    {
        _few = few;
        _more = more;
        Count = count;
    }

    public int Count { get; }

    public OwnershipAction<TParty> this[int index] => index < Few.Length ? _few[index] : _more![index - Few.Length];

    public Actions<TParty> Then(params ReadOnlySpan<OwnershipAction<TParty>> next)
    {
        var few = _few;
        var count = Count + next.Length;
        var more = count > Few.Length ? new OwnershipAction<TParty>[count - Few.Length] : _more;
        if (more is not null) _more?.CopyTo(more, 0);
        for (var i = 0; i < next.Length; i++)
        {
            var at = Count + i;
            if (at < Few.Length) few[at] = next[i];
            else more![at - Few.Length] = next[i];
        }

        return new(few, more, count);
    }

    public IEnumerator<OwnershipAction<TParty>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    [InlineArray(Length)]
    private struct Few
    {
        public const int Length = 4;

        private OwnershipAction<TParty> _first;
    }
}
