using System.CommandLine;
using Handoff.Configuration;
using Handoff.Gateway.Configuration;

namespace Handoff.Gateway;

// handoff keeper: its options, and how it is told.
internal static class KeeperCommand
{
    public static Command Make(
        TextWriter error, Option<FileInfo?> config, Func<FileInfo?, GatewaySettings?> read)
    {
        var control = new Option<string>("--control")
        {
            Description = "The path of the Unix socket (SOCK_SEQPACKET) that it listens on. It has mode 0600, and "
                + "one that a dead keeper left there is removed; path.lock stays beside it.",
            HelpName = "PATH",
            Required = true,
        };
        var command = new Command(
            "keeper",
            "Keeps copies of listeners and connections of other processes of this user, so that after kill -9 of one "
            + "its restart takes them up; bounds are handoff.keeper.* of the configuration. It needs no network and "
            + "logs one line an event to the standard error. Linux only. Stops on SIGINT and SIGTERM: what it keeps "
            + "is its owners' then, and what dead ones left is closed. Exit codes: 0 stopped, 1 failed, 2 bad "
            + "configuration.")
        {
            control,
        };
        command.SetAction(async (parsed, _) =>
        {
            if (read(parsed.GetValue(config)) is not { } settings) return ExitCode.BadConfiguration;
            var run = new KeeperRun(parsed.GetRequiredValue(control), KeeperSettings.Read(settings.System), error);
            return await run.RunAsync();
        });
        return command;
    }
}
