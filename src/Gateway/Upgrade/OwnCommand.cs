using System.Text;

namespace Handoff.Gateway.Upgrade;

// How this process was started: the program (with its runtime, where it has one) and the arguments behind it, as they
// were given and not as they were resolved then. So what stands at a path by now is started, and a link is followed
// anew.
internal sealed record OwnCommand(IReadOnlyList<string> Program, IReadOnlyList<string> Arguments)
{
    public const string TakeOver = "--take-over";

    private const string CommandLine = "/proc/self/cmdline"; // proc(5)

    public static OwnCommand Of(IReadOnlyList<string> arguments)
    {
        string[] all = File.Exists(CommandLine)
            ? File.ReadAllText(CommandLine, Encoding.UTF8).TrimEnd('\0').Split('\0')
            : [Environment.ProcessPath ?? "", .. arguments];

        // An empty argument at the end is lost with the zero bytes behind the last one.
        var program = all.Length > arguments.Count ? all[..^arguments.Count] : all[..1];
        return new OwnCommand(program, WithoutTakeOver(arguments));
    }

    // The next version: our own program and arguments, where no others are named.
    public IReadOnlyList<string> Next(IReadOnlyList<string> program, IReadOnlyList<string> arguments, string socket) =>
    [
        .. program.Count > 0 ? program : Program,
        .. arguments.Count > 0 ? arguments : Arguments,
        TakeOver,
        socket,
    ];

    private static List<string> WithoutTakeOver(IReadOnlyList<string> arguments)
    {
        var kept = arguments.ToList();
        while (kept.IndexOf(TakeOver) is var at and >= 0) kept.RemoveRange(at, Math.Min(2, kept.Count - at));
        return kept;
    }
}
