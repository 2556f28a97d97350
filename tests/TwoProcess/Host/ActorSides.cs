using System.Net;
using System.Text;
using Akka.Actor;
using Akka.Configuration;
using Handoff.Messages;
using Handoff.Policy;
using Handoff.Transport;

namespace Handoff.TwoProcess.Tests.Host;

// One process gives a connection to the host and another gets it, each with an actor system of its own.
internal static class ActorSides
{
    public const string Name = "login";
    public const string RefusesVariable = "HANDOFF_TEST_REFUSES";
    public const string StallsVariable = "HANDOFF_TEST_STALLS";

    // Afterwards it goes on as whoever has it.
    public static async Task<int> GiveAsync(HostSettings settings)
    {
        var handoff = Start(settings);
        await using var target = await handoff.OpenTargetAsync();
        await using var listener = await handoff.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0), target.Ref);
        HostSettings.Say($"port {((IPEndPoint)listener.EndPoint).Port}");
        var owned = await target.AcquireNextAsync();
        var given = await owned.GiveAsync(Name, TimeSpan.FromMinutes(2), scope: NameScope.Host);
        HostSettings.Say($"given {given.Name}");
        HostSettings.Say($"outcome {(await given.Outcome).Code}");
        await new TaskCompletionSource().Task;
        return 0;
    }

    public static async Task<int> GetAsync(HostSettings settings)
    {
        var handoff = Start(settings);
        try
        {
            await using var got = await handoff.GetAsync(Name, scope: NameScope.Host);
            HostSettings.Say("got");
            await got.Lease.Output.WriteAsync(Encoding.ASCII.GetBytes("hello"));
        }
        catch (SocketFailedException failed)
        {
            HostSettings.Say($"failed {failed.Code}");
        }

        return 0;
    }

    private static HandoffExtension Start(HostSettings settings)
    {
        var handoff = HandoffExtension.For(ActorSystem.Create("host", ConfigurationFactory.ParseString(
            $"""
            handoff.processes.directory = "{settings.Runtime}"
            handoff.handles.answer-timeout = 60s
            """)));
        if (IsSet(RefusesVariable)) handoff.UsePolicy(new RefusesOthers());
        if (IsSet(StallsVariable)) handoff.UsePolicy(new StandsStill());
        return handoff;
    }

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };

    private sealed class RefusesOthers : ISocketPolicy
    {
        public PolicyAnswer Ask(in PolicyQuestion question)
        {
            if (question.Process is not { } process) return PolicyAnswer.Permit;
            HostSettings.Say($"refuses {process.ProcessId}");
            return PolicyAnswer.Refuse("no other process may");
        }
    }

    // In the middle of a get: it was offered the socket, and has not answered.
    private sealed class StandsStill : ISocketPolicy
    {
        public PolicyAnswer Ask(in PolicyQuestion question)
        {
            if (!question.Does(SocketOperations.Acquire)) return PolicyAnswer.Permit;
            HostSettings.Say("asked");
            using var never = new ManualResetEventSlim();
            never.Wait(); // until it is killed
            return PolicyAnswer.Permit;
        }
    }
}
