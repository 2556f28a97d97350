using Handoff.Messages;
using Handoff.Transport.Ownership;

namespace Handoff.Sockets;

// The words of docs/telemetry.md for what has a name in code.
internal static class OfferWords
{
    private static readonly string[] Outcomes =
        ["none", "acquired", "declined", "timed_out", "target_died", "revoked", "closed", "lost", "owner_died"];

    private static readonly string[] Modes = ["in_order", "at_once", "any_holder"];

    private static readonly string[] Kinds = ["connection", "listener", "datagrams", "records"];

    public static string Of(OfferOutcome outcome) => Outcomes[(int)outcome];

    public static string Of(OfferMode mode) => Modes[(int)mode];

    public static string Of(SocketKind kind) => Kinds[(int)kind];
}
