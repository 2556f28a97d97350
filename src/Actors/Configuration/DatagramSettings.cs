using Akka.Configuration;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Configuration;

/// <summary>The values of <c>handoff.datagram</c>; read once at start.</summary>
public sealed class DatagramSettings
{
    internal DatagramSettings(Config all, ConnectionOptions connections)
    {
        Messages = new MessageOptions(connections.OwnerScheduler, connections.PumpScheduler)
        {
            MaxMessage = HandoffSettings.Size(all, "handoff.datagram.max-message"),
            ReceiveMessages = HandoffSettings.Count(all, "handoff.datagram.receive-messages"),
            ReceiveBuffer = HandoffSettings.Size(all, "handoff.datagram.receive-buffer"),
            SendMessages = HandoffSettings.Count(all, "handoff.datagram.send-messages"),
            SendBuffer = HandoffSettings.Size(all, "handoff.datagram.send-buffer"),
            Blocks = connections.Blocks,
            CloseTimeout = connections.CloseTimeout,
            TimeProvider = connections.TimeProvider,
        };
        System = new DatagramOptions { SystemBuffer = HandoffSettings.Size(all, "handoff.datagram.system-buffer") };
    }

    /// <summary>Bounds of the queues, and <c>handoff.close.timeout</c>.</summary>
    public MessageOptions Messages { get; }

    /// <summary><c>handoff.datagram.system-buffer</c>, in bytes.</summary>
    public DatagramOptions System { get; }
}
