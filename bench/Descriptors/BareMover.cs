using System.Diagnostics;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Bench.Descriptors;

// The descriptors in one message, and one byte back. With an offer there is a round trip before, as there is in ours.
internal sealed class BareMover(string name, bool withOffer) : IMover
{
    private readonly int _socket = BareCalls.Connect(name);
    private readonly int[] _numbers = new int[DescriptorsBench.Batch];

    public ValueTask<long> MoveAsync(Connections connections, int count)
    {
        if (withOffer) RoundTrip([]);
        var stopped = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++) _numbers[i] = connections.Descriptors[i].Number;
        RoundTrip(_numbers.AsSpan(0, count));
        return new(stopped);
    }

    public ValueTask DisposeAsync()
    {
        _ = SystemCalls.Close(_socket);
        return default;
    }

    private void RoundTrip(ReadOnlySpan<int> descriptors)
    {
        BareCalls.Send(_socket, descriptors);
        if (BareCalls.Receive(_socket, []) != 0) throw new BenchFailedException("There was no acknowledgement.");
    }
}
