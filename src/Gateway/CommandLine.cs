using System.CommandLine;
using System.Net;
using Handoff.Configuration;
using Handoff.Gateway.Configuration;
using Handoff.Gateway.Control;
using Handoff.Gateway.Hosting;
using Handoff.Gateway.Services;
using Handoff.Gateway.Upgrade;

namespace Handoff.Gateway;

// The commands, and what their exit codes are (ExitCode). Faults go to error, one line each; the table to output.
internal sealed class CommandLine(TextWriter output, TextWriter error, bool outputIsTerminal)
{
    private readonly ServiceCatalogue _catalogue = ServiceCatalogue.Standard(TimeProvider.System);
    private readonly Option<string?> _control = new("--control")
    {
        Description = "Where the running gateway hears commands: a name among those of the user, or a path. "
            + "Without it what the configuration says: gateway.control.name.",
        HelpName = "NAME|PATH",
        Recursive = true,
    };

    private OwnCommand _command = new([], []);

    public async Task<int> RunAsync(string[] args)
    {
        var parsed = Commands().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var fault in parsed.Errors) await error.WriteLineAsync(fault.Message);
            await error.WriteLineAsync("See --help.");
            return ExitCode.BadConfiguration;
        }

        _command = OwnCommand.Of(args);

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
        var takeOver = new Option<string?>(OwnCommand.TakeOver)
        {
            Description = "Replaces the gateway that hears commands there; for that gateway to say.",
            Hidden = true,
        };
        var root = new RootCommand(
            "A super-server like inetd, on actors: each connection has one owner, and tcpmux (RFC 1078) hands it to "
            + "the service that the client names. Stops on SIGINT and SIGTERM when its connections are done. "
            + "Exit codes: 0 stopped, 1 failed, 2 bad configuration.")
        {
            config,
            _control,
            takeOver,
            check,
            Upgrade(config),
            KeeperCommand.Make(error, config, file => Read(file, control: null)),
        };
        root.SetAction((parsed, _) => ServeAsync(
            parsed.GetValue(config), parsed.GetValue(_control), parsed.GetValue(takeOver)));
        return root;
    }

    private Command Upgrade(Option<FileInfo?> config)
    {
        var program = new Option<string?>("--exec")
        {
            Description = "The program to run instead of the one that runs now, found anew.",
            HelpName = "PATH",
        };
        var arguments = new Argument<string[]>("ARGS")
        {
            Description = "Its arguments, behind --; without any the ones that the running gateway has.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var upgrade = new Command("upgrade", "Replaces the running gateway by its new version, which takes over its "
            + "listeners and its connections. Where that fails the running one goes on. Exit code 0: it is replaced.")
        {
            program,
            arguments,
        };
        upgrade.SetAction((parsed, cancellation) => UpgradeAsync(
            parsed.GetValue(config), parsed.GetValue(_control), parsed.GetValue(program),
            parsed.GetValue(arguments) ?? [], cancellation));
        return upgrade;
    }

    private async Task<int> UpgradeAsync(
        FileInfo? config, string? control, string? program, string[] arguments, CancellationToken cancellationToken)
    {
        if (Read(config, control) is not { } settings) return ExitCode.BadConfiguration;
        var directory = new HandoffSettings(settings.System).Processes.Directory;
        var (gateway, result) = ControlAddress.Of(settings.Control.Name, directory);
        if (gateway is null)
        {
            await error.WriteLineAsync(settings.ErrorAt("gateway.control.name", $"{result}").ToString());
            return ExitCode.BadConfiguration;
        }

        string[] words = program is null ? [ControlLine.Upgrade, "0"] : [ControlLine.Upgrade, "1", program];
        return await new ControlClient(output, error).RunAsync(gateway, [.. words, .. arguments], cancellationToken);
    }

    private int Check(FileInfo? file)
    {
        if (Read(file, control: null) is not { } settings) return ExitCode.BadConfiguration;
        ServiceTable.Write(output, outputIsTerminal, settings.Services.Select(s => (s, s.EndPoint as EndPoint)));
        return ExitCode.Clean;
    }

    private async Task<int> ServeAsync(FileInfo? file, string? control, string? takeOver)
    {
        if (Read(file, control) is not { } settings) return ExitCode.BadConfiguration;
        var run = new GatewayRun(settings, _catalogue, new RunOptions(_command) { TakeOver = takeOver });
        return await run.RunAsync(
            started => ServiceTable.Write(
                output, outputIsTerminal, started.Services.Select(s => (s.Settings, s.EndPoint))),
            error);
    }

    private GatewaySettings? Read(FileInfo? file, string? control)
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
                return control is null
                    ? settings
                    : settings with { Control = new ControlSettings(IsEnabled: true, control) { IsChosen = true } };
            case SettingsResult.Invalid(var errors):
                foreach (var fault in errors) error.WriteLine(fault);
                return null;
            default:
                throw new InvalidOperationException("A configuration is valid or it is not.");
        }
    }
}
