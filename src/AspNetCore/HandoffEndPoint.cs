using System.Net;
using System.Net.Sockets;
using Akka.Actor;

namespace Handoff.AspNetCore;

/// <summary>
/// An endpoint of Kestrel whose connections are those that actors release to <see cref="HandoffKestrel.Target"/>, and,
/// where it has an address, those that Handoff accepts there for it.
/// </summary>
public sealed class HandoffEndPoint : EndPoint
{
    /// <summary>The endpoint of that name.</summary>
    /// <param name="name">Unique among the endpoints of the actor system; a part of the name of an actor.</param>
    /// <param name="address">Where to listen, by the transport for such an address; port 0 takes any free one. Null:
    /// nothing listens.</param>
    /// <exception cref="ArgumentException">No actor can be named so.</exception>
    public HandoffEndPoint(string name, EndPoint? address = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!ActorPath.IsValidPathElement(name))
            throw new ArgumentException($"'{name}': no actor can be named so.", nameof(name));
        Name = name;
        Address = address;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Where Handoff listens for it; null where nothing does.</summary>
    public EndPoint? Address { get; }

    /// <inheritdoc/>
    public override AddressFamily AddressFamily => AddressFamily.Unspecified;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => 
        obj is HandoffEndPoint other && other.Name == Name && Equals(other.Address, Address);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>A host name for the addresses that Kestrel tells, which are read as URLs.</summary>
    public override string ToString() => $"{Name}.handoff";
}
