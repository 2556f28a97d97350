using Akka.Actor;
using Handoff.Gateway.Configuration;
using Handoff.Gateway.Connections;
using Handoff.Gateway.Hosting;
using Handoff.Gateway.Services;
using Handoff.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Handoff.Gateway;

// One run of the gateway, from its settings to its exit code.
internal sealed class GatewayRun(GatewaySettings settings, ServiceCatalogue catalogue, RunOptions options)
{
    public async Task<int> RunAsync(Action<StartResult.Started> onStarted, TextWriter error)
    {
        using var host = GatewayHost.Build(settings, catalogue, options);
        if (RefusedByAkka(host) is { } refusal)
        {
            await error.WriteLineAsync(refusal.ToString());
            return ExitCode.BadConfiguration;
        }

        var gateway = host.Services.GetRequiredService<GatewayService>();
        await host.StartAsync();
        if (gateway.Result is not StartResult.Started started)
        {
            await host.StopAsync();
            await error.WriteLineAsync(Describe(gateway.Result!));
            return gateway.Result is StartResult.NotTakenOver ? ExitCode.Failure : ExitCode.BadConfiguration;
        }

        onStarted(started);
        await host.WaitForShutdownAsync();
        if (gateway.Failure is not { } failure) return ExitCode.Clean;
        await error.WriteLineAsync($"handoff: {failure}");
        return ExitCode.Failure;
    }

    // The block akka is checked by Akka itself, when the actor system is made.
    private ConfigError? RefusedByAkka(IHost host)
    {
        try
        {
            host.Services.GetRequiredService<ActorSystem>();
            return null;
        }
        catch (Exception e) when (settings.Layout.Find("akka") is not null)
        {
            var why = e.GetBaseException().Message.ReplaceLineEndings(" ");
            return settings.ErrorAt("akka", $"Akka refuses it: {why}");
        }
    }

    private string Describe(StartResult result) => result switch
    {
        StartResult.Failed failed => Describe(failed),
        StartResult.NotTakenOver(var why) => $"handoff: not taken over: {why}",
        StartResult.NoControl(var why) =>
            settings.ErrorAt("gateway.control.name", $"commands cannot be heard: {why}").ToString(),
        _ => throw new InvalidOperationException($"{result} is no failure."),
    };

    private string Describe(StartResult.Failed failed)
    {
        var what = failed.Result.Code is ResultCode.EEADDRINUSE
            ? $"{failed.Service.EndPoint} is in use ({failed.Result.Code})"
            : $"{failed.Service.EndPoint} cannot be listened on: {failed.Result}";
        return settings.ErrorAt(failed.Service.PortKey, what).ToString();
    }
}
