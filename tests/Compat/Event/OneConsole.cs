namespace Handoff.Compat.Tests.Event;

// Those who put a writer of their own in the place of standard output, which all of the process have.
[CollectionDefinition(nameof(OneConsole))]
public sealed class OneConsole;
