using System.Net;

namespace Handoff.Transport.Engine.Linux;

// The addresses of those who sent last, so that a message from a known sender makes nothing. One receiver uses it.
internal sealed class SenderNames
{
    private const int Most = 64;

    private readonly Known?[] _known = new Known?[Most];

    public EndPoint? Read(ReadOnlySpan<byte> name)
    {
        var hash = default(HashCode);
        hash.AddBytes(name);
        ref var known = ref _known[(uint)hash.ToHashCode() % Most];
        if (known is not null && name.SequenceEqual(known.Name)) return known.EndPoint;
        if (SocketName.Read(name) is not { } endPoint) return null;
        known = new Known(name.ToArray(), endPoint);
        return endPoint;
    }

    private sealed record Known(byte[] Name, EndPoint EndPoint);
}
