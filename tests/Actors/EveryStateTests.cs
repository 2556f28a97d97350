using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Actors.Tests.Datagrams;
using Handoff.Messages;
using Handoff.Transport.Engine;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// What every command does in every state, through the actors: a code where it is refused, else the first answer.
public sealed class EveryStateTests(ITestOutputHelper output) : DatagramTestKit(output, "handoff.close.linger = 1h")
{
    private const string OfAConnection =
        """
        -              Held           Offered        Given          Lent           Bequeathed     Closed
        Release        Offered        EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        Give           Given          EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        Acquire        EESOCKNOTRLSD  Acquired       EESOCKNOTRLSD  EESOCKNOTRLSD  Acquired       EEBADF
        Decline        EESOCKNOTRLSD  Withdrawn      EESOCKNOTRLSD  EESOCKNOTRLSD  Withdrawn      EEBADF
        Revoke         EESOCKNOTRLSD  ReleaseFailed  ReleaseFailed  EESOCKNOTRLSD  EESECURITY     EEBADF
        Reattach       Acquired       EESOCKRLSD     EESOCKRLSD     Acquired       EESECURITY     EEBADF
        SetHeir        Confirmed      EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        Return         EESOCKNOTRLSD  EESOCKNOTRLSD  EESOCKNOTRLSD  LoanOver       EESECURITY     EEBADF
        Write          Written        EESOCKRLSD     EESOCKRLSD     Written        EESECURITY     EEBADF
        Consumed       SocketStatus   EESOCKRLSD     EESOCKRLSD     SocketStatus   EESECURITY     EEBADF
        FinishSending  Confirmed      EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        ReadBy         Leased         EESOCKRLSD     EESOCKRLSD     Leased         EESECURITY     EEBADF
        SetOption      Confirmed      EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        GetOption      OptionValue    EESOCKRLSD     EESOCKRLSD     OptionValue    EESECURITY     EEBADF
        SetRawOption   Confirmed      EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        GetRawOption   RawOptionValue EESOCKRLSD     EESOCKRLSD     RawOptionValue EESECURITY     EEBADF
        Shutdown       Confirmed      EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        Splice         EEBADDATA      EESOCKRLSD     EESOCKRLSD     EEBADDATA      EESECURITY     EEBADF
        Unsplice       EENOTCONN      EESOCKRLSD     EESOCKRLSD     EENOTCONN      EESECURITY     EEBADF
        SetAcceptFilter EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        ReadDurably    Confirmed      EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        Keep           EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        StartTls       EEINVAL        EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        SendTo         EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EEMODENOTSUPP  EESECURITY     EEBADF
        Peeloff        EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        Associate      EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        BindAddresses  EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        SetAssociationOption EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        WantEvents     EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        GetAssociationOption EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EEMODENOTSUPP  EESECURITY     EEBADF
        GetAssociationAddresses EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EEMODENOTSUPP  EESECURITY     EEBADF
        GetAssociationStatus EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EEMODENOTSUPP  EESECURITY     EEBADF
        Close          Closed         Closed         Closed         EESOCKRLSD     EESECURITY     EEBADF
        Abort          Closed         Closed         Closed         EESOCKRLSD     EESECURITY     EEBADF
        """;

    // A closed one has nothing to wait for and is gone.
    private const string OfADatagramSocket =
        """
        -              Held           Offered        Given          Lent           Bequeathed
        Release        Offered        EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY
        Give           Given          EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY
        Acquire        EESOCKNOTRLSD  Acquired       EESOCKNOTRLSD  EESOCKNOTRLSD  Acquired
        Decline        EESOCKNOTRLSD  Withdrawn      EESOCKNOTRLSD  EESOCKNOTRLSD  Withdrawn
        Revoke         EESOCKNOTRLSD  ReleaseFailed  ReleaseFailed  EESOCKNOTRLSD  EESECURITY
        Reattach       Acquired       EESOCKRLSD     EESOCKRLSD     Acquired       EESECURITY
        SetHeir        Confirmed      EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY
        Return         EESOCKNOTRLSD  EESOCKNOTRLSD  EESOCKNOTRLSD  LoanOver       EESECURITY
        Write          EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EEMODENOTSUPP  EESECURITY
        Consumed       SocketStatus   EESOCKRLSD     EESOCKRLSD     SocketStatus   EESECURITY
        FinishSending  EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY
        ReadBy         MessagesLeased EESOCKRLSD     EESOCKRLSD     MessagesLeased EESECURITY
        SetOption      Confirmed      EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY
        GetOption      OptionValue    EESOCKRLSD     EESOCKRLSD     OptionValue    EESECURITY
        SetRawOption   Confirmed      EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY
        GetRawOption   RawOptionValue EESOCKRLSD     EESOCKRLSD     RawOptionValue EESECURITY
        Shutdown       EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY
        Splice         EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EEMODENOTSUPP  EESECURITY
        Unsplice       EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EEMODENOTSUPP  EESECURITY
        SetAcceptFilter EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY
        ReadDurably    EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY
        Keep           EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY
        StartTls       EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY
        SendTo         Sent           EESOCKRLSD     EESOCKRLSD     Sent           EESECURITY
        Peeloff        EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY
        Associate      EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY
        BindAddresses  EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY
        SetAssociationOption EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY
        WantEvents     EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY
        GetAssociationOption EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EEMODENOTSUPP  EESECURITY
        GetAssociationAddresses EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EEMODENOTSUPP  EESECURITY
        GetAssociationStatus EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EEMODENOTSUPP  EESECURITY
        Close          Closed         Closed         Closed         EESOCKRLSD     EESECURITY
        Abort          Closed         Closed         Closed         EESOCKRLSD     EESECURITY
        """;

    private const string OfAListener =
        """
        -              Held           Offered        Given          Lent           Bequeathed     Closed
        Release        Offered        EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        Give           Given          EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        Acquire        EESOCKNOTRLSD  Acquired       EESOCKNOTRLSD  EESOCKNOTRLSD  Acquired       EEBADF
        Decline        EESOCKNOTRLSD  Withdrawn      EESOCKNOTRLSD  EESOCKNOTRLSD  Withdrawn      EEBADF
        Revoke         EESOCKNOTRLSD  ReleaseFailed  ReleaseFailed  EESOCKNOTRLSD  EESECURITY     EEBADF
        Reattach       Acquired       EESOCKRLSD     EESOCKRLSD     Acquired       EESECURITY     EEBADF
        SetHeir        Confirmed      EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        Return         EESOCKNOTRLSD  EESOCKNOTRLSD  EESOCKNOTRLSD  LoanOver       EESECURITY     EEBADF
        Write          EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EEMODENOTSUPP  EESECURITY     EEBADF
        Consumed       EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EEMODENOTSUPP  EESECURITY     EEBADF
        FinishSending  EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        ReadBy         EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EEMODENOTSUPP  EESECURITY     EEBADF
        SetOption      Confirmed      EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        GetOption      OptionValue    EESOCKRLSD     EESOCKRLSD     OptionValue    EESECURITY     EEBADF
        SetRawOption   Confirmed      EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        GetRawOption   RawOptionValue EESOCKRLSD     EESOCKRLSD     RawOptionValue EESECURITY     EEBADF
        Shutdown       EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        Splice         EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EEMODENOTSUPP  EESECURITY     EEBADF
        Unsplice       EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EEMODENOTSUPP  EESECURITY     EEBADF
        SetAcceptFilter Confirmed      EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        ReadDurably    EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        Keep           EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        StartTls       EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        SendTo         EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EEMODENOTSUPP  EESECURITY     EEBADF
        Peeloff        EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        Associate      EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        BindAddresses  EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        SetAssociationOption EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        WantEvents     EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EESOCKRLSD     EESECURITY     EEBADF
        GetAssociationOption EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EEMODENOTSUPP  EESECURITY     EEBADF
        GetAssociationAddresses EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EEMODENOTSUPP  EESECURITY     EEBADF
        GetAssociationStatus EEMODENOTSUPP  EESOCKRLSD     EESOCKRLSD     EEMODENOTSUPP  EESECURITY     EEBADF
        Close          Closed         Closed         Closed         EESOCKRLSD     EESECURITY     EEBADF
        Abort          Closed         Closed         Closed         EESOCKRLSD     EESECURITY     EEBADF
        """;

    private static readonly string[] States = ["Held", "Offered", "Given", "Lent", "Bequeathed", "Closed"];

    public static TheoryData<string, string> Scenes()
    {
        var scenes = new TheoryData<string, string>();
        foreach (var state in States)
        {
            scenes.Add("connection", state);
            scenes.Add("listener", state);
            if (state != "Closed") scenes.Add("datagrams", state);
        }

        return scenes;
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public async Task A_command_is_carried_out_or_refused_as_the_table_says(string kind, string state)
    {
        foreach (var (command, expected) in Column(kind, state))
        {
            var scene = await SetAsync(kind, state);
            Assert.Equal(state, StatusOf(CreateTestProbe(), scene.Handle.Socket).State);
            Assert.Equal((command, expected), (command, Answer(scene, scene.Command(command), expected)));
            scene.Dispose();
        }
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public async Task A_forged_handle_does_nothing_in_any_state(string kind, string state)
    {
        using var scene = await SetAsync(kind, state);
        var forged = scene.Forged();
        var expected = state == "Closed" ? "EEBADF" : "EESECURITY";
        foreach (var (command, _) in Column(kind, state).Where(line => line.Command is not ("Acquire" or "Decline")))
        {
            Assert.Equal((command, expected), (command, Answer(forged, forged.Command(command), expected)));
        }

        Assert.Equal(state, StatusOf(CreateTestProbe(), scene.Handle.Socket).State);
    }

    [Fact]
    public void The_tables_have_a_line_for_every_command_and_a_column_for_every_state()
    {
        var commands = typeof(ISocketCommand).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(ISocketCommand)) && type.IsPublic && !type.IsInterface)
            .Select(type => type.Name)
            .Concat([nameof(Acquire), nameof(Decline)])
            .Order();
        string[] kinds = ["connection", "listener", "datagrams"];
        Assert.All(
            kinds,
            kind => Assert.Equal(commands, Column(kind, "Held").Select(line => line.Command).Order()));
        var states = typeof(OwnershipState<IActorRef>).GetNestedTypes().Select(type => type.Name.Split('`')[0]);
        Assert.Equal(states.Order(), States.Order());
    }

    private static IEnumerable<(string Command, string Expected)> Column(string kind, string state)
    {
        var table = kind switch
        {
            "listener" => OfAListener,
            "datagrams" => OfADatagramSocket,
            _ => OfAConnection,
        };
        var lines = table.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .ToArray();
        var column = Array.IndexOf(lines[0], state);
        return lines.Skip(1).Select(line => (line[0], line[column]));
    }

    private static string Answer(StateScene scene, object command, string expected)
    {
        var isTargets = command is Acquire or Decline;
        var sender = isTargets ? scene.Target : scene.By;
        sender.Send(scene.Handle.Socket, command);
        if (command is Consumed) sender.Send(scene.Handle.Socket, GetStatus.Instance);
        if (expected == nameof(Closed)) scene.Dispose();
        var hears = command is Messages.Release && expected == nameof(Offered) ? scene.Target : sender;
        var answer = hears.FishForMessage<object>(
            message => message is Refused || message.GetType().Name == expected, Patience, hint: expected);
        if (answer is not Refused refused) return answer.GetType().Name;
        Assert.Same(command, refused.Command);
        return refused.Result.Code.ToString();
    }

    private async Task<StateScene> SetAsync(string kind, string state)
    {
        var (owner, target, stranger) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var scene = kind switch
        {
            "listener" => StateScene.Of(Listen(owner).Handle, owner, target),
            "datagrams" => StateScene.Of(Bind(owner, Reading.Passive).Handle, owner, target),
            _ => await ConnectionAsync(owner, target),
        };
        var socket = scene.Handle.Socket;
        switch (state)
        {
            case "Offered":
                owner.Send(socket, scene.Release);
                return scene with { Offer = target.ExpectMsg<Offered>().Offer };
            case "Given":
                var give = new Give(scene.Handle);
                owner.Send(socket, give);
                owner.ExpectMsg<Given>();
                return scene with { Release = give };
            case "Lent":
                var lends = new Release(scene.Handle, target) { LoanFor = TimeSpan.FromMinutes(1) };
                owner.Send(socket, lends);
                var lent = Take(target, Reading.Passive);
                return scene with { Handle = lent.Handle, By = target, Release = lends };
            case "Bequeathed":
                owner.Send(socket, new SetHeir(scene.Handle, target));
                owner.ExpectMsg<Confirmed>();
                Sys.Stop(owner);
                return scene with { Offer = target.ExpectMsg<Offered>().Offer, By = stranger };
            case "Closed":
                // Its peer, or a connection that it accepted, keeps it from being gone.
                var peer = kind == "listener" ? await AcceptAsync(owner, scene.Handle) : null;
                owner.Send(socket, new Close(scene.Handle));
                return scene with { Peer = peer ?? scene.Peer };
            default:
                return scene;
        }
    }

    private async Task<StateScene> ConnectionAsync(TestProbe owner, TestProbe target)
    {
        var (acquired, peer) = await OwnAsync(owner, Reading.Passive);
        return StateScene.Of(acquired.Handle, owner, target) with { Peer = peer };
    }

    private async Task<TestPeer> AcceptAsync(TestProbe owner, SocketHandle listener)
    {
        var facts = StatusOf(CreateTestProbe(), listener.Socket).Facts;
        var peer = await ConnectAsync(new Listening(listener, facts.Local!));
        Take(owner);
        return peer;
    }
}
