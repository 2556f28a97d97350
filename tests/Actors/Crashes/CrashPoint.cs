namespace Handoff.Actors.Tests.Crashes;

internal enum CrashPoint
{
    None,

    // With a read result open, nothing written.
    ResultOpen,

    // What was written is not committed, or not flushed.
    Written,

    // Between the flush and the advance; with Commit there is no such place, and it crashes before the commit.
    Flushed,

    // After the commit or the advance.
    Advanced,

    // The actor crashes by itself while its loop goes on.
    Aside,
}
