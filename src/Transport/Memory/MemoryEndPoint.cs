using System.Net;

namespace Handoff.Transport.Memory;

/// <summary>The name of a place in a <see cref="MemoryNetwork"/>. Names are compared by their characters.</summary>
public sealed class MemoryEndPoint : EndPoint, IEquatable<MemoryEndPoint>
{
    /// <summary>A place.</summary>
    /// <param name="name">Its name; empty lets the network choose one at listen.</param>
    public MemoryEndPoint(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public bool Equals(MemoryEndPoint? other) => other is not null && other.Name == Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MemoryEndPoint);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"memory:{Name}";
}
