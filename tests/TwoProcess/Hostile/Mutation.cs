namespace Handoff.TwoProcess.Tests.Hostile;

internal static class Mutation
{
    // The number of a frame is left as it is in most, so that it is not passed over as another's.
    private const int Body = 12;

    public static byte[] Of(Random random, byte[] whole)
    {
        var bytes = (byte[])whole.Clone();
        switch (random.Next(7))
        {
            case 0:
                return whole[..random.Next(1, whole.Length)];
            case 1:
                return [.. whole, .. AnyFrame.Bytes(random, random.Next(1, 50))];
            case 2:
                // The version, the kind.
                bytes[random.Next(2, 4)] = (byte)random.Next(256);
                return bytes;
            case 3 when whole.Length > Body:
                // A length or a count that promises more than there is.
                var at = random.Next(Body, whole.Length);
                bytes.AsSpan(at, Math.Min(sizeof(int), whole.Length - at)).Fill(0xFF);
                return bytes;
            case 4:
                return [.. whole, .. whole];
            case 5:
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return bytes;
            default:
                for (var flips = random.Next(1, 5); flips > 0 && whole.Length > Body; flips--)
                    bytes[random.Next(Body, bytes.Length)] ^= (byte)random.Next(1, 256);
                return bytes;
        }
    }
}
