namespace Handoff.Compat.Tests.TestKits;

// Times for tests: Soon is only ever used up by a failing test, Moment is what a test of a time-out waits.
internal static class Times
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(60);
}
