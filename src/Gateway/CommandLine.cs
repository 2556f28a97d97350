using System.CommandLine;
using System.Net;
using Handoff.Gateway.Configuration;
using Handoff.Gateway.Hosting;
using Handoff.Gateway.Services;

namespace Handoff.Gateway;

// The commands, and what their exit codes are (ExitCode). Faults go to error, one line each; the table to output.
internal sealed class CommandLine(TextWriter output, TextWriter error, bool outputIsTerminal)
{
    private readonly ServiceCatalogue _catalogue = ServiceCatalogue.Standard(TimeProvider.System);

    public async Task<int> RunAsync(string[] args)
    {
        var parsed = Commands().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var fault in parsed.Errors) await error.WriteLineAsync(fault.Message);
            await error.WriteLineAsync("See --help.");
            return ExitCode.BadConfiguration;
        }

        // The host handles the signals: here they would end the process in the middle of the drain.
        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    private RootCommand Commands()
    {
        var config = new Option<FileInfo?>("--config", "-c")
        {
            Description = "The configuration (HOCON). Without it the built-in one runs: tcpmux 7001, echo 7007, "
                + "discard 7009, daytime 7013, chargen 7019 and time 7037 on 127.0.0.1.",
            HelpName = "FILE",
            Recursive = true,
        };
        var check = new Command("check", "Says whether the configuration is good, and runs nothing.");
        check.SetAction(parsed => Check(parsed.GetValue(config)));
        var root = new RootCommand(
            "A super-server like inetd, on actors: each connection has one owner, and tcpmux (RFC 1078) hands it to "
            + "the service that the client names. Stops on SIGINT and SIGTERM when its connections are done. "
            + "Exit codes: 0 stopped, 1 failed, 2 bad configuration.")
        {
            config,
            check,
        };
        root.SetAction((parsed, _) => ServeAsync(parsed.GetValue(config)));
        return root;
    }

    private int Check(FileInfo? file)
    {
        if (Read(file) is not { } settings) return ExitCode.BadConfiguration;
        ServiceTable.Write(output, outputIsTerminal, settings.Services.Select(s => (s, s.EndPoint as EndPoint)));
        return ExitCode.Clean;
    }

    private async Task<int> ServeAsync(FileInfo? file)
    {
        if (Read(file) is not { } settings) return ExitCode.BadConfiguration;
        var run = new GatewayRun(settings, _catalogue);
        return await run.RunAsync(
            started => ServiceTable.Write(
                output, outputIsTerminal, started.Services.Select(s => (s.Settings, s.EndPoint))),
            error);
    }

    private GatewaySettings? Read(FileInfo? file)
    {
        var (source, unreadable) = ConfigSource.Load(file);
        if (source is null)
        {
            error.WriteLine(unreadable);
            return null;
        }

        switch (SettingsReader.Read(source, _catalogue.Handlers))
        {
            case SettingsResult.Valid(var settings):
                return settings;
            case SettingsResult.Invalid(var errors):
                foreach (var fault in errors) error.WriteLine(fault);
                return null;
            default:
                throw new InvalidOperationException("A configuration is valid or it is not.");
        }
    }
}
