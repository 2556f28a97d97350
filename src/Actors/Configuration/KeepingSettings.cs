using Akka.Configuration;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Keeping;

namespace Handoff.Configuration;

// Of a process that has sockets kept; the bounds of a keeper itself are read where it runs.
internal sealed class KeepingSettings
{
    public KeepingSettings(Config all, HandleSettings handles)
    {
        IsManagers = Kind(all.GetString("handoff.keeper.kind"));
        Control = all.GetString("handoff.keeper.control");
        Key = all.GetString("handoff.keeper.key");
        if (Key.Length is 0 or > FrameBounds.Key || Key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ConfigurationException(
                $"handoff.keeper.key is \"{Key}\"; it must be 1 to {FrameBounds.Key} bytes of printable ASCII.");
        }

        CheckInterval = HandoffSettings.Time(all, "handoff.keeper.check-interval");
        MaxWaiting = HandoffSettings.Count(all, "handoff.keeper.max-waiting");
        Options = new KeeperOptions
        {
            AnswerTimeout = HandoffSettings.Time(all, "handoff.keeper.answer-timeout"),
            Handles = handles.Options,
        };
    }

    // The service manager's store, and no keeper.
    public bool IsManagers { get; }

    public string Control { get; }

    public string Key { get; }

    public TimeSpan CheckInterval { get; }

    public int MaxWaiting { get; }

    public KeeperOptions Options { get; }

    private static bool Kind(string kind) => kind switch
    {
        "process" => false,
        "systemd" => true,
        _ => throw new ConfigurationException($"handoff.keeper.kind is '{kind}'; it must be process or systemd."),
    };
}
