namespace Handoff.Bench.Servers;

// .NET calls back on the thread that polls the sockets, and hands nothing to the thread pool. It reads this once, when
// the first socket is made.
internal static class InlineCompletions
{
    public const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    public static void Choose() => Environment.SetEnvironmentVariable(Variable, "1");
}
