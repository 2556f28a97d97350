namespace Handoff.TestKit.Simulation.Sctp;

/// <summary>Puts a simulated SCTP into an actor system.</summary>
public static class SimulatedSctpExtensions
{
    /// <summary>
    /// The transports <c>sctp</c> and <c>sctp-one-to-one</c> of this system are on the simulation from here on; once,
    /// with <c>handoff.sctp.backend = simulated</c>.
    /// </summary>
    /// <param name="handoff">The extension of the actor system.</param>
    /// <param name="simulation">The simulation, which its user disposes of.</param>
    /// <exception cref="InvalidOperationException">The configuration says another back end, or there is one
    /// already.</exception>
    public static void UseSimulatedSctp(this HandoffExtension handoff, SimulatedSctp simulation)
    {
        ArgumentNullException.ThrowIfNull(handoff);
        ArgumentNullException.ThrowIfNull(simulation);
        if (handoff.Sctp.TryUse(simulation)) return;
        throw new InvalidOperationException(
            $"handoff.sctp.backend is {handoff.Settings.Sctp.Backend}, or has a simulation already.");
    }
}
