using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Handoff.Gateway.Control;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Xunit.Abstractions;

namespace Handoff.Gateway.Tests.Upgrade;

// The test is the socket of the connection, and whoever hears its lines.
public sealed class ControlConnectionTests : TestKit
{
    private const int MostUnsent = 256;

    private static readonly PeerCredentials Ourselves = new(Environment.ProcessId, SystemCalls.EffectiveUser(), 0);

    private readonly TestProbe _socket;
    private readonly TestProbe _listener;
    private readonly IActorRef _line;
    private readonly SocketHandle _handle;

    public ControlConnectionTests(ITestOutputHelper output)
        : base(ConfigurationFactory.ParseString("akka.test.single-expect-default = 20s"), null, output)
    {
        (_socket, _listener) = (CreateTestProbe(), CreateTestProbe());
        _line = Sys.ActorOf(ControlConnection.Props(_listener));
        _handle = new SocketHandle(_socket, id: 1, epoch: 1, Secret.Draw());
        var facts = new SocketFacts(1, SocketKind.Connection, "unix", null, null, 0, 0)
        {
            PeerCredentials = Ourselves,
        };
        _line.Tell(new Acquired(_handle, facts, Lease: null, Consumed: 0, Written: 0), _socket);
        _listener.ExpectMsg<Reached>();
    }

    [Fact]
    public void As_many_lines_wait_as_may_and_who_reads_none_of_them_is_not_waited_for()
    {
        // Beside the one that is on its way.
        for (var i = 0; i <= MostUnsent; i++) _line.Tell(Line(i));
        var write = _socket.ExpectMsg<Write>();
        GoesOn();
        for (var i = 0; i < MostUnsent; i++)
        {
            Assert.Equal(ControlLine.Encode(Line(i).Words), write.Bytes.ToArray());
            _line.Tell(new Written(write, Position: 0), _socket);
            write = _socket.ExpectMsg<Write>();
        }

        _line.Tell(new Written(write, Position: 0), _socket);
        GoesOn();

        for (var i = 0; i <= MostUnsent; i++) _line.Tell(Line(i));
        _socket.ExpectMsg<Write>();
        GoesOn();
        _line.Tell(Line(MostUnsent + 1));
        _socket.ExpectMsg<Close>();
        _line.Tell(new Closed(_handle, new SocketResult(ResultCode.EETIMEDOUT, "it reads nothing")), _socket);
        _listener.ExpectMsg<HungUp>();
    }

    // By then the connection has heard all that it was told, and its socket nothing more.
    private void GoesOn()
    {
        _line.Tell(new Received(_handle, Position: 0, ControlLine.Encode("here")), _socket);
        Assert.Equal(["here"], _listener.ExpectMsg<Said>().Words);
        _socket.ExpectMsg<Consumed>();
    }

    private static Say Line(int number) => Say.Line(ControlLine.Progress, $"{number}");
}
