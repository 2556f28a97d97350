using System.Buffers;
using System.Globalization;
using System.Text;

namespace Akka.Actor;

public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    public const string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    internal const string ValidActorNameDescription =
        "An actor's name is not empty, does not start with '$', and holds only ASCII letters, digits and "
        + ValidSymbols;

    private static readonly SearchValues<char> s_validChars = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" + ValidSymbols);

    private int _hash;

    protected ActorPath(Address address, string name)
    {
        Address = address;
        Name = name;
    }

    protected ActorPath(ActorPath parentPath, string name, long uid)
    {
        Parent = parentPath;
        Address = parentPath.Address;
        Depth = parentPath.Depth + 1;
        Name = name;
        Uid = uid;
    }

    public string Name { get; }

    public Address Address { get; }

    public long Uid { get; }

    public ActorPath Parent { get; }

    public int Depth { get; }

    public ActorPath Root => ParentOf(0);

    public IReadOnlyList<string> Elements
    {
        get
        {
            var elements = new string[Depth];
            var path = this;
            for (var i = Depth - 1; i >= 0; i--, path = path.Parent)
                elements[i] = path.Name;
            return elements;
        }
    }

    public static ActorPath operator /(ActorPath path, string name)
    {
        var (bare, uid) = SplitUid(name);
        return new ChildActorPath(path, bare, uid);
    }

    public static ActorPath operator /(ActorPath path, IEnumerable<string> name)
    {
        foreach (var element in name)
        {
            if (!string.IsNullOrEmpty(element))
                path /= element;
        }

        return path;
    }

    public static bool operator ==(ActorPath left, ActorPath right) => left?.Equals(right) ?? right is null;

    public static bool operator !=(ActorPath left, ActorPath right) => !(left == right);

    public static bool IsValidPathElement(string s)
    {
        if (string.IsNullOrEmpty(s) || s[0] == '$')
            return false;
        for (var at = 0; at < s.Length; at++)
        {
            if (s_validChars.Contains(s[at]))
                continue;
            var escaped = s[at] == '%' && at + 2 < s.Length && char.IsAsciiHexDigit(s[at + 1])
                && char.IsAsciiHexDigit(s[at + 2]);
            if (!escaped)
                return false;
            at += 2;
        }

        return true;
    }

    public static ActorPath Parse(string path) =>
        TryParse(path, out var actorPath)
            ? actorPath
            : throw new UriFormatException($"Can not parse an ActorPath: {path}");

    public static bool TryParse(string path, out ActorPath actorPath)
    {
        actorPath = null;
        if (!Address.TryParse(path, out var address))
            return false;
        var rest = path.AsSpan(path.IndexOf("://", StringComparison.Ordinal) + "://".Length);
        var slash = rest.IndexOf('/');
        actorPath = new RootActorPath(address);
        if (slash >= 0)
            actorPath /= rest[slash..].ToString().Split('/');
        return true;
    }

    public ActorPath Child(string childName) => this / childName;

    public ActorPath ParentOf(int depth)
    {
        var path = this;
        var target = depth >= 0 ? depth : Math.Max(0, Depth + depth);
        while (path.Depth > target)
            path = path.Parent;
        return path;
    }

    public ActorPath WithUid(long uid)
    {
        if (Depth == 0)
            return uid == 0 ? this : throw new NotSupportedException("RootActorPath must have undefined Uid");
        return uid == Uid ? this : new ChildActorPath(Parent, Name, uid);
    }

    public bool Equals(ActorPath other)
    {
        if (other is null || Depth != other.Depth)
            return false;
        var left = this;
        var right = other;
        while (!ReferenceEquals(left, right))
        {
            if (left.Name != right.Name)
                return false;
            if (left.Depth == 0)
                return left.Address.Equals(right.Address);
            left = left.Parent;
            right = right.Parent;
        }

        return true;
    }

    public override bool Equals(object obj) => Equals(obj as ActorPath);

    public override int GetHashCode()
    {
        if (_hash == 0)
        {
            var own = Name.GetHashCode(StringComparison.Ordinal);
            _hash = HashCode.Combine(Parent is null ? Address.GetHashCode() : Parent.GetHashCode(), own) | 1;
        }

        return _hash;
    }

    public int CompareTo(ActorPath other)
    {
        if (other is null)
            return 1;
        var left = this;
        var right = other;
        while (!ReferenceEquals(left, right))
        {
            if (left.Depth == 0 || right.Depth == 0)
            {
                return left.Depth == right.Depth
                    ? string.CompareOrdinal(left.ToString(), right.ToString())
                    : left.Depth == 0 ? 1 : -1;
            }

            var byName = string.CompareOrdinal(left.Name, right.Name);
            if (byName != 0)
                return byName;
            left = left.Parent;
            right = right.Parent;
        }

        return 0;
    }

    public override string ToString() => Join(Address.ToString());

    public string ToStringWithoutAddress() => Join("");

    public string ToStringWithAddress() => ToString();

    public string ToStringWithUid() => Uid == ActorCell.UndefinedUid ? ToString() : $"{ToString()}#{Uid}";

    public string ToSerializationFormat() => ToStringWithUid();

    internal static (string Name, long Uid) SplitUid(string name)
    {
        var at = name.IndexOf('#', StringComparison.Ordinal);
        return at < 0
            ? (name, ActorCell.UndefinedUid)
            : (name[..at], long.Parse(name.AsSpan(at + 1), CultureInfo.InvariantCulture));
    }

    private string Join(string prefix)
    {
        if (Depth == 0)
            return prefix + "/";
        var text = new StringBuilder(prefix);
        foreach (var element in Elements)
            text.Append('/').Append(element);
        return text.ToString();
    }
}
