using Handoff.Transport.Engine.Linux;

namespace Handoff.TwoProcess.Tests.Hostile;

/// <summary>One hostile message: any bytes with any descriptors. Its own are closed once it is sent.</summary>
internal sealed record Attack(
    string Name, ReadOnlyMemory<byte> Bytes, IReadOnlyList<SocketDescriptor> Descriptors) : IDisposable
{
    public IReadOnlyList<SocketDescriptor> Own { get; init; } = [];

    // The offer that the other side may read in it.
    public ulong? Offers { get; init; }

    // With it the other side may win.
    public bool HasToken { get; init; }

    public override string ToString() => $"{Name} ({Bytes.Length} bytes, {Descriptors.Count} descriptors)";

    public void Dispose()
    {
        foreach (var one in Own) one.Dispose();
    }
}
