namespace Handoff.TestKit.Parties;

// A party crashes because the story says so.
internal sealed class CrashException(string message) : Exception(message);
