using Akka.Actor;

namespace Handoff.AspNetCore;

/// <summary>Makes the <see cref="HandoffKestrel"/> of an actor system.</summary>
public sealed class HandoffKestrelProvider : ExtensionIdProvider<HandoffKestrel>
{
    /// <inheritdoc/>
    public override HandoffKestrel CreateExtension(ExtendedActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return new HandoffKestrel(system);
    }
}
