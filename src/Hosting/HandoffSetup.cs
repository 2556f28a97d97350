using Akka.Actor.Setup;

namespace Handoff.Hosting;

// What was declared, for the extension to find in its actor system.
internal sealed class HandoffSetup : Setup
{
    public List<ListenerDeclaration> Listeners { get; } = [];
}
