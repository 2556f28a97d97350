using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using Handoff.Gateway.Connections;

namespace Handoff.Gateway.Tests.Successor;

/// <summary>What the tests start: as a new version of the gateway, one that fails at a step; as a program of a
/// service, one that accepts.</summary>
public static class Program
{
    /// <summary>Takes over, up to the step; or accepts.</summary>
    /// <param name="args">The step, and what a gateway appends: --take-over and its control socket; or how many
    /// clients.</param>
    public static async Task<int> Main(string[] args)
    {
        if (args is ["accepts", var clients]) return Accepting.Run(int.Parse(clients, CultureInfo.InvariantCulture));
        if (args is not ["fails", var name, "--take-over", var control]) return 2;
        var config = $"akka.loglevel = ERROR\n{ConnectionStateSerializer.Configuration}";
        using var system = ActorSystem.Create("successor", ConfigurationFactory.ParseString(config));
        var step = Enum.Parse<Step>(name);
        var props = Props.Create(() => new FailingSuccessor(step, new UnixDomainSocketEndPoint(control)));
        system.ActorOf(props, "successor");
        await system.WhenTerminated;
        return 0;
    }

    internal static void Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
