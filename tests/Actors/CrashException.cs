namespace Handoff.Actors.Tests;

// What the owners of these tests crash with, on purpose.
internal sealed class CrashException() : Exception("a crash of the test's own making");
