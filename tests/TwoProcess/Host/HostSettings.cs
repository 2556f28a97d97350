using System.Globalization;
using System.Net.Sockets;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Keeping;
using Handoff.Transport.Handles.Passing;

namespace Handoff.TwoProcess.Tests.Host;

// What the test told this process, by its environment.
internal sealed class HostSettings(string folder)
{
    public const string FaultVariable = "HANDOFF_TEST_FAULT";
    public const string TransferVariable = "HANDOFF_TEST_TRANSFER_SECONDS";
    public const string ConnectionsVariable = "HANDOFF_TEST_CONNECTIONS";
    public const string RoundsVariable = "HANDOFF_TEST_ROUNDS";
    public const string LastOfferVariable = "HANDOFF_TEST_LAST_OFFER";
    public const string FreeVariable = "HANDOFF_TEST_FREE_DESCRIPTORS";
    public const string FrameVariable = "HANDOFF_TEST_MAX_FRAME";
    public const string PayloadVariable = "HANDOFF_TEST_MAX_PAYLOAD";
    public const string MoveVariable = "HANDOFF_TEST_MAX_MOVE";
    public const string UserVariable = "HANDOFF_TEST_USER";
    public const string NameVariable = "HANDOFF_TEST_NAME";
    public const string AnybodyVariable = "HANDOFF_TEST_ANYBODY";

    private const int Length = 3_000_001;

    public const string HoldVariable = "HANDOFF_TEST_HOLD_SECONDS";

    // The second side connects here.
    public UnixDomainSocketEndPoint Control => new(Path.Combine(folder, ControlFile));

    public static string ControlFile => "control";

    // Where names are given.
    public string Runtime => Path.Combine(folder, "run");

    // A keeper that listens there gives nothing up before the test ends, unless the test says so.
    public KeeperOptions Keeper => new()
    {
        HoldTimeout = TimeSpan.FromSeconds(int.Parse(
            Environment.GetEnvironmentVariable(HoldVariable) ?? "600", CultureInfo.InvariantCulture)),
        AnswerTimeout = TimeSpan.FromSeconds(30),
        ExitTimeout = TimeSpan.FromSeconds(30),
        Handles = Options,
    };

    // One that takes a connection of the depositor's listens here.
    public UnixDomainSocketEndPoint Heir => new(Path.Combine(folder, "heir"));

    // So many connections are accepted and deposited.
    public const int Deposits = 20;

    public Fault? Fault { get; } = Fault.Parse(Environment.GetEnvironmentVariable(FaultVariable));

    public int Connections { get; } = Number(ConnectionsVariable, 1);

    // To and fro, each.
    public int Rounds { get; } = Number(RoundsVariable, 0);

    // Of what is adopted; empty for everything.
    public static string Name => Environment.GetEnvironmentVariable(NameVariable) ?? "";

    // After the rounds there is one offer more, which the other side has to refuse.
    public bool HasLastOffer { get; } = Number(LastOfferVariable, 0) != 0;

    // After the rounds no more descriptors are left than these.
    public int? FreeDescriptors { get; } = Number(FreeVariable, -1) is >= 0 and var free ? free : null;

    // Whose this process is to be.
    public static int? User { get; } = Number(UserVariable, -1) is >= 0 and var user ? user : null;

    public PeerRule Rule { get; } =
        Number(AnybodyVariable, 0) == 0 ? PeerRule.SameUser : PeerRule.SameUser with { Users = null };

    public HandleOptions Options { get; } = new()
    {
        AnswerTimeout = TimeSpan.FromSeconds(30),
        QuiesceTimeout = TimeSpan.FromSeconds(30),
        TransferTimeout = TimeSpan.FromSeconds(Number(TransferVariable, 30)),
        SendTimeout = TimeSpan.FromSeconds(30),
        MaxFrame = Number(FrameVariable, new HandleOptions().MaxFrame),
        MaxPayload = Number(PayloadVariable, new HandleOptions().MaxPayload),
        MaxMove = Number(MoveVariable, new HandleOptions().MaxMove),
    };

    public static Dialogue DialogueOf(int connection, int connections) =>
        Dialogue.Of(connection, Length / connections);

    public static string ConsumedFile(int connection) => $"consumed-{connection}";

    // Of each stay, either way: when the rounds are over there is some left. Whole records are consumed.
    public int BytesEachTime
    {
        get
        {
            var share = Length / Connections / (2 * (Rounds + 2));
            return Math.Max(share - (share % Conversation.RecordSize), Conversation.RecordSize);
        }
    }

    public Dialogue DialogueOf(int connection) => DialogueOf(connection, Connections);

    // What was consumed of a connection, by whoever had it: it outlives the process.
    public string Consumed(int connection) => Path.Combine(folder, ConsumedFile(connection));

    // A word to the test.
    public static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}
