using System.Net;

namespace Handoff.Transport.Engine.Linux;

// The names of those who were sent to last, as the kernel reads them: .NET makes a new one each time it is asked.
internal sealed class UnixNames
{
    private const int Most = 64;

    private readonly Known?[] _known = new Known?[Most];

    public ReadOnlySpan<byte> Of(EndPoint endPoint)
    {
        ref var known = ref _known[(uint)endPoint.GetHashCode() % Most];
        if (known is null || !known.EndPoint.Equals(endPoint))
            known = new Known(endPoint, SocketName.Write(endPoint).ToArray());
        return known.Name;
    }

    private sealed record Known(EndPoint EndPoint, byte[] Name);
}
