using Akka.Configuration;
using Handoff.Transport.Handles;

namespace Handoff.Configuration;

/// <summary>The bounds of moves between processes; read once at start.</summary>
public sealed class HandleSettings
{
    internal HandleSettings(Config all, TimeProvider timeProvider)
    {
        const int Smallest = HandleOptions.SmallestFrame;
        Options = new HandleOptions
        {
            MaxFrame = Between(
                all, HandoffSettings.Size, "handoff.handles.max-frame", Smallest, HandleOptions.LargestFrame),
            MaxPayload = Between(
                all, HandoffSettings.Size, "handoff.handles.max-payload", Smallest, HandleOptions.LargestPayload),
            MaxMove = Between(
                all, HandoffSettings.Size, "handoff.handles.max-move", Smallest, HandleOptions.LargestMove),
            MaxAttachment = Between(
                all, HandoffSettings.Size, "handoff.handles.max-attachment", 1, HandleOptions.LargestPayload),
            MaxSockets = Between(
                all, HandoffSettings.Count, "handoff.handles.max-sockets", 1, HandleOptions.MostSockets),
            AnswerTimeout = HandoffSettings.Time(all, "handoff.handles.answer-timeout"),
            QuiesceTimeout = HandoffSettings.Time(all, "handoff.handles.quiesce-timeout"),
            TransferTimeout = HandoffSettings.Time(all, "handoff.handles.transfer-timeout"),
            SendTimeout = HandoffSettings.Time(all, "handoff.handles.send-timeout"),
            TimeProvider = timeProvider,
        };

        // The taker waits for so long while the giver stops its sockets.
        if (QuiesceTimeout >= TransferTimeout)
        {
            throw new ConfigurationException(
                $"handoff.handles.quiesce-timeout is {QuiesceTimeout}; it must be below "
                + $"handoff.handles.transfer-timeout, which is {TransferTimeout}.");
        }
    }

    /// <summary><c>handoff.handles.max-frame</c>, in bytes.</summary>
    public int MaxFrame => Options.MaxFrame;

    /// <summary><c>handoff.handles.max-payload</c>, in bytes.</summary>
    public int MaxPayload => Options.MaxPayload;

    /// <summary><c>handoff.handles.max-move</c>, in bytes of one move.</summary>
    public int MaxMove => Options.MaxMove;

    /// <summary><c>handoff.handles.max-attachment</c>, in bytes of the attachment of one socket.</summary>
    public int MaxAttachment => Options.MaxAttachment;

    /// <summary><c>handoff.handles.max-sockets</c>, in sockets of one offer.</summary>
    public int MaxSockets => Options.MaxSockets;

    /// <summary><c>handoff.handles.answer-timeout</c>.</summary>
    public TimeSpan AnswerTimeout => Options.AnswerTimeout;

    /// <summary><c>handoff.handles.quiesce-timeout</c>.</summary>
    public TimeSpan QuiesceTimeout => Options.QuiesceTimeout;

    /// <summary><c>handoff.handles.transfer-timeout</c>.</summary>
    public TimeSpan TransferTimeout => Options.TransferTimeout;

    /// <summary><c>handoff.handles.send-timeout</c>.</summary>
    public TimeSpan SendTimeout => Options.SendTimeout;

    internal HandleOptions Options { get; }

    private static int Between(Config all, Func<Config, string, int> read, string key, int low, int high)
    {
        var value = read(all, key);
        return value >= low && value <= high
            ? value
            : throw new ConfigurationException($"{key} is {value}; it must be {low} to {high}.");
    }
}
