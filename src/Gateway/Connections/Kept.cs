using Handoff.Transport;

namespace Handoff.Gateway.Connections;

internal static class Kept
{
    // Under which everything of a gateway is kept: what tells its sockets apart goes with them.
    public const string Key = "gateway";

    // Goes with a listener that the service manager has, too.
    public const string OfManager = "of the service manager";

    // It is kept already, or there is nobody who ever would.
    public static bool MayBeLater(SocketResult refusal) =>
        refusal.Code is not (ResultCode.EEALREADY or ResultCode.EEMODENOTSUPP);
}

// To oneself: the keeper may be there by now.
internal sealed record KeepAgain
{
    public static KeepAgain Instance { get; } = new();
}
