namespace Handoff.Gateway.Configuration;

// A handler as a configuration knows it: its name and the keys that it has beside those of every service.
internal sealed record HandlerKeys(string Name, IReadOnlyList<string> Keys);
