using Handoff.Bench;

try
{
    return await new CommandLine(Console.Out, Console.Error).RunAsync(args);
}
#pragma warning disable CA1031 // whatever it is, the user gets one line and an exit code
catch (Exception e)
#pragma warning restore CA1031
{
    await Console.Error.WriteLineAsync($"bench: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
    return ExitCode.Failure;
}
