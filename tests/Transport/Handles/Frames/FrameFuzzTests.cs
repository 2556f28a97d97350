using FsCheck.Fluent;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Tests.Setup;
using Xunit.Abstractions;

namespace Handoff.Transport.Tests.Handles.Frames;

/// <summary>Frames come from other processes, which may send anything.</summary>
[Collection(nameof(Alone))]
public sealed class FrameFuzzTests(ITestOutputHelper output)
{
    private const int Cases = 20_000;
    private const int Bound = 64 * 1024;

    // Of what is made for a frame, whatever it claims to be: objects for each byte that is there, some for the error.
    private const int MostAllocatedPerByte = 64;
    private const int MostAllocated = 16 * 1024;

    [Fact]
    public void Random_and_mutated_bytes_are_a_frame_or_a_typed_error_and_nothing_else()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var whole = AnyFrame.Any.Sample(12, 200).Select(frame => FrameEncoder.Encode(frame).ToArray()).ToArray();
        var faults = new SortedDictionary<FrameFault, int>();
        for (var i = 0; i < Cases; i++)
        {
            var bytes = Mutated(random, whole[random.Next(whole.Length)]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var (frame, error, _) = FrameDecoder.Decode(bytes, Bound);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(
                allocated <= MostAllocated + ((long)MostAllocatedPerByte * bytes.Length),
                $"{allocated} bytes were made for {bytes.Length}: {Convert.ToHexString(bytes)}");
            Assert.True(frame is null != error is null);
            if (frame is not null) Assert.Equal(bytes, FrameEncoder.Encode(frame).ToArray());
            var fault = error?.Fault ?? FrameFault.None;
            faults[fault] = faults.GetValueOrDefault(fault) + 1;
            if (error is not null) Assert.InRange(error.Offset, 0, bytes.Length);
        }

        output.WriteLine(string.Join(", ", faults));
        Assert.Equal(Enum.GetValues<FrameFault>(), faults.Keys);
    }

    private static byte[] Mutated(Random random, byte[] whole)
    {
        var bytes = whole.ToList();
        switch (random.Next(8))
        {
            case 0:
                var junk = new byte[random.Next(200)];
                random.NextBytes(junk);
                return junk;
            case 1:
                var behind = new byte[random.Next(200)];
                random.NextBytes(behind);
                return [.. whole[..12], .. behind];
            case 2:
                return whole[..random.Next(whole.Length)];
            case 3:
                return [.. whole, .. whole];
            case 4 when random.Next(10) == 0:
                return [.. whole, .. new byte[Bound]];
            case 5:
                // A length or a count that promises more than there is.
                var at = random.Next(whole.Length);
                for (var i = at; i < Math.Min(at + 4, whole.Length); i++) bytes[i] = 0xFF;
                return [.. bytes];
            case 6:
                bytes.RemoveRange(random.Next(whole.Length), 1);
                return [.. bytes];
            default:
                for (var flips = random.Next(1, 5); flips > 0; flips--)
                    bytes[random.Next(bytes.Count)] ^= (byte)(1 << random.Next(8));
                return [.. bytes];
        }
    }
}
