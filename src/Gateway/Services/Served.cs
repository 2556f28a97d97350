namespace Handoff.Gateway.Services;

// How serving a connection ended.
internal abstract record Served
{
    private Served()
    {
    }

    // It has no more to say.
    internal sealed record Finished : Served
    {
        public static Finished Instance { get; } = new();
    }

    // It stopped when it was asked to, and goes on from there, here or in another process: no read result is open,
    // nothing is unflushed and no flush waits.
    internal sealed record Paused(long At) : Served;
}
