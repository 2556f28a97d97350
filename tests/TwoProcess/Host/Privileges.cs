using System.Runtime.InteropServices;

namespace Handoff.TwoProcess.Tests.Host;

// This process as another user, for good: setuid(2) of the C library, for all threads.
internal static partial class Privileges
{
    public static void Drop(int to)
    {
        if (SetGroup(to) != 0 || SetUser(to) != 0)
            throw new InvalidOperationException($"This process cannot be user {to}'s.");
    }

    [LibraryImport("libc", EntryPoint = "setgid")]
    private static partial int SetGroup(int group);

    [LibraryImport("libc", EntryPoint = "setuid")]
    private static partial int SetUser(int user);
}
