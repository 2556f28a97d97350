using System.Globalization;
using System.Net.Sockets;
using Handoff.Transport.Handles;

namespace Handoff.TwoProcess.Tests.Host;

internal sealed class HostSettings(string folder)
{
    public const string FaultVariable = "HANDOFF_TEST_FAULT";
    public const string TransferVariable = "HANDOFF_TEST_TRANSFER_SECONDS";

    // The second side connects here.
    public UnixDomainSocketEndPoint Control => new(Path.Combine(folder, "control"));

    public Fault? Fault { get; } = Fault.Parse(Environment.GetEnvironmentVariable(FaultVariable));

    public HandleOptions Options { get; } = new()
    {
        AnswerTimeout = TimeSpan.FromSeconds(30),
        QuiesceTimeout = TimeSpan.FromSeconds(30),
        TransferTimeout = TimeSpan.FromSeconds(int.Parse(
            Environment.GetEnvironmentVariable(TransferVariable) ?? "30", CultureInfo.InvariantCulture)),
        SendTimeout = TimeSpan.FromSeconds(30),
    };

    // What was consumed of the connection, by whoever had it: it outlives the process.
    public string Consumed => Path.Combine(folder, "consumed");

    // A word to the test.
    public static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
