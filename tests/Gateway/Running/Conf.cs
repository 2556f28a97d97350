namespace Handoff.Gateway.Tests.Running;

// Configurations with every service on a free port.
internal static class Conf
{
    // What a test stops, it stops soon.
    public const string StopSoon = "gateway { log-level = error, drain-timeout = 100ms, close-timeout = 100ms }";

    public const string Services = """
        gateway.services {
          tcpmux { port = 0 }
          echo { port = 0 }
          discard { port = 0 }
          daytime { port = 0 }
          chargen { port = 0 }
          time { port = 0 }
        }
        """;

    // Gateways that run beside each other would fight for one control socket.
    private const string Uncontrolled = "gateway.control.enabled = off";

    public static string Of(params string[] blocks) =>
        string.Join('\n', blocks) + "\n" + (blocks.Any(b => b.Contains("control")) ? "" : Uncontrolled + "\n");
}
