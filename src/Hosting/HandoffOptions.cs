using Microsoft.Extensions.Configuration;

namespace Handoff.Hosting;

/// <summary>What the host's configuration says about Handoff: settings, and listeners by their names.</summary>
public sealed class HandoffOptions
{
    /// <summary>The section that holds the listeners; every other one is a setting.</summary>
    public const string ListenersSection = "Listeners";

    /// <summary>
    /// Settings by their paths in <c>reference.conf</c> without <c>handoff.</c>, such as <c>offer.timeout</c>, with
    /// the values that they have there, such as <c>5s</c>. They go before what HOCON says. A path that
    /// <c>reference.conf</c> has not is refused.
    /// </summary>
    public IDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <summary>Listeners by the names that <c>HandoffBuilder.Listen</c> says.</summary>
    public IDictionary<string, ListenerOptions> Listeners { get; } = new Dictionary<string, ListenerOptions>();

    /// <summary>
    /// Reads a section, such as <c>configuration.GetSection("Handoff")</c>: <c>Offer:Timeout</c>,
    /// <c>Io:MaxWrite</c> and <c>io:max_write</c> are settings, <c>Listeners:echo:EndPoint</c> is a listener's.
    /// </summary>
    /// <param name="configuration">The section.</param>
    /// <exception cref="Akka.Configuration.ConfigurationException">A key is not known, or a value does not fit; the
    /// message names it.</exception>
    public static HandoffOptions From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return OptionsReader.Read(configuration);
    }
}
