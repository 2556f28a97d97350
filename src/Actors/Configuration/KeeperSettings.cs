using Akka.Configuration;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Keeping;

namespace Handoff.Configuration;

// The block handoff.keeper, and of handoff.handles what a keeper needs.
internal static class KeeperSettings
{
    // Throws ConfigurationException where a value is out of its bounds; the message names the key.
    public static KeeperOptions Read(Config config)
    {
        var all = config.WithFallback(HandoffSettings.Reference);
        var handles = new HandoffSettings(config).Handles;
        return new KeeperOptions
        {
            MaxDepositors = Count(all, "handoff.keeper.max-depositors"),
            MaxDeposits = Count(all, "handoff.keeper.max-deposits"),
            MaxDepositsOfOne = Count(all, "handoff.keeper.max-deposits-of-one"),
            MaxBytes = Size(all, "handoff.keeper.max-bytes"),
            AnswerTimeout = Time(all, "handoff.keeper.answer-timeout"),
            ExitTimeout = Time(all, "handoff.keeper.exit-timeout"),
            HoldTimeout = Time(all, "handoff.keeper.hold-timeout"),
            AcceptPause = Time(all, "handoff.keeper.accept-pause"),
            Handles = new HandleOptions
            {
                MaxFrame = handles.MaxFrame,
                MaxPayload = handles.MaxPayload,
                MaxMove = handles.MaxMove,
                MaxAttachment = handles.MaxAttachment,
                MaxSockets = handles.MaxSockets,
                AnswerTimeout = handles.AnswerTimeout,
                QuiesceTimeout = handles.QuiesceTimeout,
                TransferTimeout = handles.TransferTimeout,
                SendTimeout = handles.SendTimeout,
            },
        };
    }

    private static int Count(Config all, string key)
    {
        var value = all.GetInt(key);
        return value is >= 1 and <= KeeperOptions.MostDeposits
            ? value
            : throw new ConfigurationException($"{key} is {value}; it must be 1 to {KeeperOptions.MostDeposits}.");
    }

    private static int Size(Config all, string key)
    {
        var value = all.GetByteSize(key);
        return value is >= FrameBounds.SmallestBaggage and <= int.MaxValue
            ? (int)value
            : throw new ConfigurationException(
                $"{key} is {value} bytes; it must be {FrameBounds.SmallestBaggage} to {int.MaxValue}.");
    }

    private static TimeSpan Time(Config all, string key)
    {
        var value = all.GetTimeSpan(key);
        return value > TimeSpan.Zero && value <= TimeSpan.FromDays(1)
            ? value
            : throw new ConfigurationException($"{key} is {value}; it must be more than zero and at most a day.");
    }
}
