namespace Handoff.AspNetCore.Ports;

/// <summary>The key of the actor that <see cref="OnePortExtensions.ListenOnePort"/> has made, for
/// <c>IRequiredActor</c>.</summary>
/// <typeparam name="TOthers">The key of who takes what is no HTTP.</typeparam>
public sealed class OnePortKey<TOthers>
{
    private OnePortKey()
    {
    }
}
