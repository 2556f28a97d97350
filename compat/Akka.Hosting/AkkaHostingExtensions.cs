using System.Globalization;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.DependencyInjection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.Hosting;

public static class AkkaHostingExtensions
{
    public static IServiceCollection AddAkka(
        this IServiceCollection services, string actorSystemName, Action<AkkaConfigurationBuilder> builder) =>
        services.AddAkka(actorSystemName, (akka, _) => builder(akka));

    public static IServiceCollection AddAkka(
        this IServiceCollection services, string actorSystemName,
        Action<AkkaConfigurationBuilder, IServiceProvider> builder) =>
        services.AddAkka<AkkaHostedService>(actorSystemName, builder);

    public static IServiceCollection AddAkka<T>(
        this IServiceCollection services, string actorSystemName,
        Action<AkkaConfigurationBuilder, IServiceProvider> builder)
        where T : AkkaHostedService
    {
        var akka = new AkkaConfigurationBuilder(services, actorSystemName);
        services.AddSingleton(provider =>
        {
            builder(akka, provider);
            return akka;
        });
        akka.Bind();
        return services.AddHostedService<T>();
    }

    public static AkkaConfigurationBuilder AddSetup(this AkkaConfigurationBuilder builder, Setup setup) =>
        builder.Add(setup);

    public static AkkaConfigurationBuilder AddHocon(
        this AkkaConfigurationBuilder builder, Config hocon, HoconAddMode addMode) => builder.Add(hocon, addMode);

    public static AkkaConfigurationBuilder AddHocon(
        this AkkaConfigurationBuilder builder, IConfiguration configuration, HoconAddMode addMode,
        bool normalizeKeys = true) =>
        builder.Add(new ConfigurationReader(normalizeKeys).Read(configuration), addMode);

    public static AkkaConfigurationBuilder AddHoconFile(
        this AkkaConfigurationBuilder builder, string hoconFilePath, HoconAddMode addMode) =>
        builder.Add(ConfigurationFactory.ParseString(File.ReadAllText(hoconFilePath)), addMode);

    // Zero or less is no time-out.
    public static AkkaConfigurationBuilder WithActorAskTimeout(
        this AkkaConfigurationBuilder builder, TimeSpan timeout)
    {
        var value = timeout <= TimeSpan.Zero
            ? "infinite"
            : timeout.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        var config = ConfigurationFactory.ParseString($"akka.actor.ask-timeout = {value}");
        return builder.Add(config, HoconAddMode.Prepend);
    }

    public static AkkaConfigurationBuilder WithActors(
        this AkkaConfigurationBuilder builder, Action<Actor.ActorSystem, IActorRegistry> actorStarter) =>
        builder.StartActors(actorStarter);

    public static AkkaConfigurationBuilder WithActors(
        this AkkaConfigurationBuilder builder, ActorStarter actorStarter) => builder.StartActors(actorStarter);

    public static AkkaConfigurationBuilder WithActors(
        this AkkaConfigurationBuilder builder,
        Action<Actor.ActorSystem, IActorRegistry, IDependencyResolver> actorStarter) =>
        builder.StartActors(actorStarter);

    public static AkkaConfigurationBuilder WithActors(
        this AkkaConfigurationBuilder builder, ActorStarterWithResolver actorStarter) =>
        builder.StartActors(actorStarter);
}
