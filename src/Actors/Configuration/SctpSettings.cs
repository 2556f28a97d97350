using Akka.Configuration;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Endpoints;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Configuration;

/// <summary>The values of <c>handoff.sctp</c>; read once at start.</summary>
public sealed class SctpSettings
{
    private const int LargestPort = 65535;

    internal SctpSettings(Config all, MessageOptions messages, int backlog)
    {
        Backend = all.GetString("handoff.sctp.backend") switch
        {
            "auto" => SctpBackendKind.Auto,
            "kernel" => SctpBackendKind.Kernel,
            "usrsctp" => SctpBackendKind.Usrsctp,
            "simulated" => SctpBackendKind.Simulated,
            var other => throw new ConfigurationException(
                $"handoff.sctp.backend is '{other}'; it must be auto, kernel, usrsctp or simulated."),
        };
        UdpPort = all.GetInt("handoff.sctp.udp-port");
        if (UdpPort is < 0 or > LargestPort)
        {
            throw new ConfigurationException(
                $"handoff.sctp.udp-port is {UdpPort}; it must be 0 to {LargestPort}.");
        }

        Socket = SctpSocketOptions.Default with
        {
            SystemBuffer = HandoffSettings.Size(all, "handoff.sctp.system-buffer"),
        };
        Endpoint = new EndpointOptions
        {
            Backlog = backlog,
            OfferMessages = HandoffSettings.Count(all, "handoff.sctp.offer-messages"),
            OfferBuffer = HandoffSettings.Size(all, "handoff.sctp.offer-buffer"),
            ReceiveSize = messages.MaxMessage,
            Scheduler = messages.PumpScheduler,
        };
    }

    /// <summary><c>handoff.sctp.backend</c>.</summary>
    public SctpBackendKind Backend { get; }

    /// <summary><c>handoff.sctp.udp-port</c>.</summary>
    public int UdpPort { get; }

    /// <summary>What each socket begins with; <c>handoff.sctp.system-buffer</c>, in bytes.</summary>
    public SctpSocketOptions Socket { get; }

    /// <summary><c>handoff.sctp.offer-messages</c>.</summary>
    public int OfferMessages => Endpoint.OfferMessages;

    /// <summary><c>handoff.sctp.offer-buffer</c>, in bytes.</summary>
    public int OfferBuffer => Endpoint.OfferBuffer;

    internal EndpointOptions Endpoint { get; }
}
