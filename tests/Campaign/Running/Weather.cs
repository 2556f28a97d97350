using System.IO.Pipelines;
using Handoff.TestKit.Simulation;

namespace Handoff.Campaign.Tests.Running;

// How the network of a scenario behaves: most have some faults, of few kinds each.
internal static class Weather
{
    public static SimulationOptions Of(Draws draws, PipeScheduler scheduler) => new(scheduler)
    {
        SendWindow = 64 << (int)draws.Below(6),
        ReceiveWindow = 64 << (int)draws.Below(6),
        MaxLatency = draws.Happens(0.5) ? TimeSpan.FromMilliseconds(1 << (int)draws.Below(8)) : TimeSpan.Zero,
        PartialReadRate = Perhaps(draws, 0.5),
        PartialWriteRate = Perhaps(draws, 0.5),
        StallRate = Perhaps(draws, 0.1),
        MaxStall = TimeSpan.FromMilliseconds(1 << (int)draws.Below(11)),
        ResetRate = Perhaps(draws, 0.02),
        CutRate = Perhaps(draws, 0.01),
        GiveUpAfter = draws.Happens(0.5) ? TimeSpan.FromSeconds(20) : null,
        LateFinRate = Perhaps(draws, 0.5),
        ConnectRefusedRate = Perhaps(draws, 0.2),
        ConnectUnansweredRate = Perhaps(draws, 0.1),
        SlowConnectRate = Perhaps(draws, 0.5),
        AcceptFailureRate = Perhaps(draws, 0.2),
        NoSocketsRate = Perhaps(draws, 0.2),
        LossRate = Perhaps(draws, 0.2),
        DuplicateRate = Perhaps(draws, 0.2),
        ReorderRate = Perhaps(draws, 0.2),
        MaxSockets = draws.Happens(0.1) ? 6 + (int)draws.Below(10) : 1000,
    };

    private static double Perhaps(Draws draws, double rate) => draws.Happens(0.25) ? rate : 0;
}
