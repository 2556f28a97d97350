using Akka.Actor;

namespace Handoff.Streams;

internal sealed class StreamSettingsProvider : ExtensionIdProvider<StreamSettings>
{
    public override StreamSettings CreateExtension(ExtendedActorSystem system) => new(system.Settings.Config);
}
