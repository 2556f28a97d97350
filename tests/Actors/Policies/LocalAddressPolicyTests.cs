using System.Net;
using Handoff.Messages;
using Handoff.Policy;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Policies;

public sealed class LocalAddressPolicyTests : SocketTestKit
{
    private readonly TestPolicy _policy = new();

    public LocalAddressPolicyTests(ITestOutputHelper output)
        : base(output) => Handoff.UsePolicy(_policy);

    [Fact]
    public void To_connect_from_a_chosen_address_is_to_bind_too()
    {
        var (owner, place) = (CreateTestProbe(), new IPEndPoint(IPAddress.Loopback, 0));
        var listening = Listen(owner, CreateTestProbe());
        _policy.Refuse(SocketOperations.Bind);
        Handoff.Sockets.Tell(new Connect(listening.EndPoint, owner) { Local = place }, owner);
        Assert.Equal(ResultCode.EESECURITY, owner.ExpectMsg<Refused>().Result.Code);
        var asked = _policy.Questions.Last();
        Assert.True(asked.Does(SocketOperations.Bind) && asked.Does(SocketOperations.Connect));
        Assert.Equal(("tcp", (EndPoint)place), (asked.Transport, asked.Local));
        Handoff.Sockets.Tell(new Connect(listening.EndPoint, owner), owner);
        owner.ExpectMsg<Acquired>();
    }
}
