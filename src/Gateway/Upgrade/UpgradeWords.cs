namespace Handoff.Gateway.Upgrade;

// What the two versions say to each other on the control connection.
internal static class UpgradeWords
{
    // From the new one: it is there, and speaks this version.
    public const string TakeOver = "take-over";
    public const string Version = "1";

    // From the old one, after that: what there is to have (with the control socket who it is), and the end of it.
    public const string Listener = "listener";
    public const string Control = "control";
    public const string End = "end";

    // From the new one: what it wants to have of it, and where it is reached.
    public const string Serves = "serves";
    public const string Wants = "wants";
    public const string WantsControl = "wants-control";
    public const string Ready = "ready";

    // From the old one: it has it.
    public const string Committed = "committed";
}
