namespace Handoff.Gateway.Configuration;

// A handler as a configuration knows it: its name and the keys that it has beside those of every service. Own: those
// that each service has to say itself.
internal sealed record HandlerKeys(string Name, IReadOnlyList<string> Keys)
{
    public IReadOnlyList<string> Own { get; init; } = [];
}
