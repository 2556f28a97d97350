using System.Collections;

namespace Akka.TestKit.Xunit2.Internals;

// Equal as a reader of the test means it: what compares itself is asked, lists are equal item by item.
internal static class Equality
{
    public static bool AreEqual<T>(T x, T y)
    {
        if (x == null || y == null)
            return x == null && y == null;
        switch (x)
        {
            case IEquatable<T> equatable:
                return equatable.Equals(y);
            case IComparable<T> comparable:
                return comparable.CompareTo(y) == 0;
            case IComparable comparable:
                return comparable.CompareTo(y) == 0;
            case IEnumerable all when y is IEnumerable others:
                return AreEqualLists(all, others);
            default:
                return x.GetType() == y.GetType() && Equals(x, y);
        }
    }

    private static bool AreEqualLists(IEnumerable all, IEnumerable others)
    {
        var left = all.GetEnumerator();
        var right = others.GetEnumerator();
        while (true)
        {
            var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
            if (!hasLeft || !hasRight)
                return hasLeft == hasRight;
            if (!AreEqual(left.Current, right.Current))
                return false;
        }
    }
}
