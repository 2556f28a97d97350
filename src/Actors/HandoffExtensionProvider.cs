using Akka.Actor;

namespace Handoff;

/// <summary>Makes the <see cref="HandoffExtension"/> of an actor system.</summary>
public sealed class HandoffExtensionProvider : ExtensionIdProvider<HandoffExtension>
{
    /// <inheritdoc/>
    public override HandoffExtension CreateExtension(ExtendedActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return new HandoffExtension(system);
    }
}
