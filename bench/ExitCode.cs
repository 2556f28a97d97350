namespace Handoff.Bench;

internal static class ExitCode
{
    public const int Done = 0;
    public const int Failure = 1;
    public const int BadCommandLine = 2;
}
