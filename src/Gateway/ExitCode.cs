namespace Handoff.Gateway;

internal static class ExitCode
{
    public const int Clean = 0;
    public const int Failure = 1;
    public const int BadConfiguration = 2;
}
