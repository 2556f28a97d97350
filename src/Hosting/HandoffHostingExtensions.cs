using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.Configuration;

namespace Handoff.Hosting;

/// <summary>Handoff in the actor system of a host.</summary>
public static class HandoffHostingExtensions
{
    /// <summary>Starts Handoff with its settings as they are.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Declares listeners.</param>
    public static AkkaConfigurationBuilder WithHandoff(
        this AkkaConfigurationBuilder builder, Action<HandoffBuilder>? configure = null) =>
        builder.WithHandoff(new HandoffOptions(), configure);

    /// <summary>Starts Handoff with settings in HOCON, which go before those that are there.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="hocon">Settings by their whole paths, such as <c>handoff.offer.timeout = 2s</c>.</param>
    /// <param name="configure">Declares listeners.</param>
    public static AkkaConfigurationBuilder WithHandoff(
        this AkkaConfigurationBuilder builder, Config hocon, Action<HandoffBuilder>? configure = null) =>
        builder.AddHocon(hocon, HoconAddMode.Prepend).WithHandoff(configure);

    /// <summary>Starts Handoff with settings and listeners of a section of the host's configuration.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configuration">The section, as <see cref="HandoffOptions.From"/> reads it.</param>
    /// <param name="configure">Declares listeners.</param>
    /// <exception cref="ConfigurationException">A key is not known, or a value does not fit.</exception>
    public static AkkaConfigurationBuilder WithHandoff(
        this AkkaConfigurationBuilder builder, IConfiguration configuration,
        Action<HandoffBuilder>? configure = null) =>
        builder.WithHandoff(HandoffOptions.From(configuration), configure);

    /// <summary>Starts Handoff with settings and listeners of options.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The settings, and listeners by their names.</param>
    /// <param name="configure">Declares listeners, those of the options among them.</param>
    /// <exception cref="ConfigurationException">A setting is not known, or nobody is to own a listener.</exception>
    public static AkkaConfigurationBuilder WithHandoff(
        this AkkaConfigurationBuilder builder, HandoffOptions options, Action<HandoffBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Settings.Count > 0)
            builder.AddHocon(SettingText.Hocon(options.Settings), HoconAddMode.Prepend);
        var declaring = new HandoffBuilder(SetupOf(builder), options);
        configure?.Invoke(declaring);
        declaring.End();
        return builder;
    }

    // One for all calls. The owners that are made come with the other actors; the listeners come after all of them, so
    // that nobody is offered a connection before the host has its actors.
    private static HandoffSetup SetupOf(AkkaConfigurationBuilder builder)
    {
        if (builder.Setups.OfType<HandoffSetup>().FirstOrDefault() is { } known) return known;
        var setup = new HandoffSetup();
        builder.AddSetup(setup);
        builder.WithActors((system, registry, resolver) =>
            setup.Listeners.ForEach(listener => listener.MakeOwner(system, registry, resolver)));
        builder.AddStartup((system, registry) => HandoffHost.For(system).StartAsync(setup, registry));
        return setup;
    }
}
