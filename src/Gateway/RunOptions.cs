using Handoff.Gateway.Upgrade;

namespace Handoff.Gateway;

// How this process came to run: by which command, and in whose place, if it replaces another.
internal sealed record RunOptions(OwnCommand Command)
{
    // Where the process that it replaces hears commands; null: it replaces none.
    public string? TakeOver { get; init; }
}
