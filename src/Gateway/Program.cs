using Handoff.Gateway;

try
{
    return await new CommandLine(Console.Out, Console.Error, !Console.IsOutputRedirected).RunAsync(args);
}
#pragma warning disable CA1031 // whatever it is, the user gets one line and an exit code
catch (Exception e)
#pragma warning restore CA1031
{
    await Console.Error.WriteLineAsync($"handoff: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
    return ExitCode.Failure;
}
