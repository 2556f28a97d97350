using Akka.Actor;

namespace Handoff.Hosting;

/// <summary>Makes the <see cref="HandoffHost"/> of an actor system.</summary>
public sealed class HandoffHostProvider : ExtensionIdProvider<HandoffHost>
{
    /// <inheritdoc/>
    public override HandoffHost CreateExtension(ExtendedActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return new HandoffHost(system);
    }
}
