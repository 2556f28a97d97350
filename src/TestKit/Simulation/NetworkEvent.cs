using System.Globalization;
using Handoff.Transport;

namespace Handoff.TestKit.Simulation;

/// <summary>One event of a simulated network. The default value is no event.</summary>
/// <param name="At">When, since the network began.</param>
/// <param name="Link">The number of the connection; 0 for what belongs to none.</param>
/// <param name="Kind">What.</param>
/// <param name="AtClient">Whether it happened at the end that connected, or was sent by it.</param>
/// <param name="Amount">Bytes, ticks or a code, as the kind says.</param>
public readonly record struct NetworkEvent(
    TimeSpan At, long Link, NetworkEventKind Kind, bool AtClient, long Amount)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{At} link {Link} {(AtClient ? "client" : "server")} {Kind}{What()}");

    private string What() => Kind switch
    {
        NetworkEventKind.ConnectFailed or NetworkEventKind.AcceptFailed => $" {(ResultCode)Amount}",
        NetworkEventKind.Stalled => $" for {TimeSpan.FromTicks(Amount)}",
        NetworkEventKind.Sent or NetworkEventKind.Arrived or NetworkEventKind.Received or NetworkEventKind.Lost =>
            string.Create(CultureInfo.InvariantCulture, $" {Amount} bytes"),
        _ => "",
    };
}
