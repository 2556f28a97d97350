using System.Net;
using Akka.Actor;
using Handoff.Actors.Tests.Policies;
using Handoff.Messages;
using Handoff.Policy;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Datagrams;

public sealed class DatagramPolicyTests : DatagramTestKit
{
    private readonly TestPolicy _policy = new();

    public DatagramPolicyTests(ITestOutputHelper output)
        : base(output) => Handoff.UsePolicy(_policy);

    [Fact]
    public void Policy_is_asked_about_a_bind_and_about_each_send_with_the_credential_of_the_socket()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        using var peer = Peer();
        Handoff.Sockets.Tell(
            new Bind(AnyPort, owner) { Peer = peer.LocalEndPoint, Credential = "alice", Reading = Reading.Passive },
            owner);
        var first = owner.ExpectMsg<Acquired>();
        owner.Send(first.Handle.Socket, new SendTo(first.Handle, new byte[1], null));
        owner.ExpectMsg<Sent>();
        Release(owner, first.Handle, target);
        Take(target);
        (SocketOperations, IActorRef?, EndPoint?)[] expected =
        [
            (SocketOperations.Create | SocketOperations.Bind | SocketOperations.Connect, owner, AnyPort),
            (SocketOperations.Write, null, null),
            (SocketOperations.Release, null, null),
            (SocketOperations.Acquire | SocketOperations.Write, target, null),
        ];
        Assert.Equal(expected, _policy.Questions.Select(asked => (asked.Operations, asked.NewOwner, asked.Address)));
        Assert.All(_policy.Questions, asked => Assert.Equal(("alice", "udp"), (asked.Credential, asked.Transport)));
    }

    [Fact]
    public void What_policy_refuses_has_no_effect()
    {
        var owner = CreateTestProbe();
        using var peer = Peer();
        var acquired = Bind(owner, Reading.Passive);
        _policy.Refuse(SocketOperations.Write);
        owner.Send(acquired.Handle.Socket, new SendTo(acquired.Handle, new byte[1], peer.LocalEndPoint));
        Assert.Equal(ResultCode.EESECURITY, owner.ExpectMsg<Refused>().Result.Code);
        Assert.Equal(0, StatusOf(owner, acquired.Handle.Socket).BytesSent);
        _policy.Refuse(SocketOperations.Bind);
        var free = Peer();
        var place = free.LocalEndPoint;
        free.Dispose();
        owner.Send(Handoff.Sockets, new Bind(place, owner));
        Assert.Equal(ResultCode.EESECURITY, owner.ExpectMsg<Refused>().Result.Code);
        using var still = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.InterNetwork,
            System.Net.Sockets.SocketType.Dgram,
            System.Net.Sockets.ProtocolType.Udp);
        still.Bind(place!);
    }
}
