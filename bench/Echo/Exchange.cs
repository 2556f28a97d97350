namespace Handoff.Bench.Echo;

// A request, and its reply: how many bytes, and what they begin with.
internal sealed record Exchange(byte[] Request, byte[] ReplyBegins, int ReplySize)
{
    public static Exchange Echo(int size)
    {
        var request = new byte[size];
        Random.Shared.NextBytes(request);
        return new Exchange(request, request, size);
    }
}
