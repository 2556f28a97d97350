namespace Akka.Actor;

public sealed class Address : IEquatable<Address>, IComparable<Address>
{
    public static readonly Address AllSystems = new("akka", "all-systems");

    private readonly string _text;

    public Address(string protocol, string system, string host = null, int? port = null)
    {
        Protocol = protocol;
        System = system;
        Host = host?.ToLowerInvariant();
        Port = port;
        _text = string.IsNullOrWhiteSpace(Host)
            ? $"{protocol}://{system}"
            : $"{protocol}://{system}@{Host}{(port.HasValue ? $":{port}" : "")}";
    }

    public string Protocol { get; }

    public string System { get; }

    public string Host { get; }

    public int? Port { get; }

    public bool HasLocalScope => string.IsNullOrEmpty(Host);

    public bool HasGlobalScope => !HasLocalScope;

    public static bool operator ==(Address left, Address right) => left?.Equals(right) ?? right is null;

    public static bool operator !=(Address left, Address right) => !(left == right);

    public static Address Parse(string address)
    {
        var uri = new Uri(address);
        return uri.UserInfo.Length == 0
            ? new Address(uri.Scheme, uri.Host)
            : new Address(uri.Scheme, uri.UserInfo, uri.Host, uri.Port);
    }

    public static bool TryParse(string path, out Address address)
    {
        address = null;
        if (path == null || !Uri.TryCreate(path, UriKind.Absolute, out var uri)
            || !uri.Scheme.StartsWith("akka", StringComparison.Ordinal))
            return false;
        if (uri.UserInfo.Length > 0 && uri.Port < 0)
            return false;
        // A Uri folds the case of its host, which is where the name of a local system stands.
        var name = path.AsSpan(uri.Scheme.Length + "://".Length);
        var end = name.IndexOfAny('/', '@');
        var system = (end < 0 ? name : name[..end]).ToString();
        address = uri.UserInfo.Length == 0
            ? new Address(uri.Scheme, system)
            : new Address(uri.Scheme, system, uri.Host, uri.Port);
        return true;
    }

    public Address WithHost(string host = null) => new(Protocol, System, host, Port);

    public Address WithPort(int? port = null) => new(Protocol, System, Host, port);

    public string HostPort() => _text[(Protocol.Length + "://".Length)..];

    public int CompareTo(Address other) => string.CompareOrdinal(_text, other?._text);

    public bool Equals(Address other) =>
        ReferenceEquals(this, other)
        || (other is not null && Port == other.Port && Host == other.Host && System == other.System
            && Protocol == other.Protocol);

    public override bool Equals(object obj) => Equals(obj as Address);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => _text;
}
