using System.Globalization;
using System.Net;
using Handoff.Gateway.Configuration;
using Spectre.Console;

namespace Handoff.Gateway.Hosting;

// The services as a table: with lines and colours on a terminal, with neither anywhere else.
internal static class ServiceTable
{
    // No terminal has a width that a pipe should be cut to.
    private const int WidthOfNoTerminal = 240;

    public static void Write(TextWriter writer, bool isTerminal, IEnumerable<(ServiceSettings, EndPoint?)> services)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        var table = new Table { Border = isTerminal ? TableBorder.Rounded : TableBorder.None };
        foreach (var column in (string[])["service", "handler", "listens on", "tcpmux", "connections", "idle"])
            table.AddColumn(new TableColumn(new Text(column)) { NoWrap = true });
        foreach (var (service, endPoint) in services) table.AddRow(Row(service, endPoint).Select(c => new Text(c)));

        if (!isTerminal) console.Profile.Width = WidthOfNoTerminal;
        console.Write(table);
    }

    private static string[] Row(ServiceSettings service, EndPoint? endPoint) =>
    [
        service.Name,
        service.Handler,
        endPoint?.ToString() ?? "-",
        service.Tcpmux ? "yes" : "no",
        service.Waits ? "-" : service.MaxConnections.ToString(CultureInfo.InvariantCulture),
        service.Handler == SettingsReader.TcpmuxHandler || service.Exec is not null
            ? "-"
            : service.IdleTimeout.ToString("c", CultureInfo.InvariantCulture),
    ];
}
