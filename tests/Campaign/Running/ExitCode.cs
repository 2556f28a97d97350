namespace Handoff.Campaign.Tests.Running;

internal static class ExitCode
{
    public const int Passed = 0;
    public const int Failed = 1;
    public const int BadCommandLine = 2;
}
