using System.Net;
using Akka.Actor;
using Akka.Event;
using Handoff.Messages;
using Handoff.Policy;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Policies;

// What those hear who were not asked: nothing that is authority.
public sealed class SecrecyTests : SocketTestKit
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    private readonly TestPolicy _policy = new();

    public SecrecyTests(ITestOutputHelper output)
        : base(output) => Handoff.UsePolicy(_policy);

    [Fact]
    public async Task A_refusal_is_published_for_an_audit()
    {
        var (owner, audit) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Sys.EventStream.Subscribe(audit.Ref, typeof(PolicyRefusal));
        _policy.Refuse(SocketOperations.Close);
        acquired.Handle.Socket.Tell(new Close(acquired.Handle), owner);
        owner.ExpectMsg<Refused>();
        var refusal = audit.ExpectMsg<PolicyRefusal>();
        Assert.Equal("because the test says so", refusal.Reason);
        Assert.Equal((SocketOperations.Close, owner.Ref), (refusal.Question.Operations, refusal.Question.Owner));
    }

    [Fact]
    public void What_is_published_has_no_credential_in_it()
    {
        var (owner, audit) = (CreateTestProbe(), CreateTestProbe());
        Sys.EventStream.Subscribe(audit.Ref, typeof(PolicyRefusal));
        _policy.Refuse(SocketOperations.Listen);
        Handoff.Sockets.Tell(new Listen(AnyPort, owner) { Credential = "a password" }, owner);
        owner.ExpectMsg<Refused>();
        Assert.Null(audit.ExpectMsg<PolicyRefusal>().Question.Credential);
        Assert.Equal("a password", Assert.Single(_policy.Questions).Credential);
    }

    [Fact]
    public async Task What_nobody_sent_is_refused_by_a_dead_letter_that_gives_nobody_authority()
    {
        var (owner, reader) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner, Reading.Passive);
        var (other, second) = await OwnAsync(owner);
        using var _ = peer;
        using var __ = second;
        Sys.EventStream.Subscribe(reader.Ref, typeof(DeadLetter));
        var handle = acquired.Handle;
        foreach (var (socket, command) in new (IActorRef, object)[]
        {
            (handle.Socket, new SendTo(handle, new byte[1], AnyPort)),
            (handle.Socket, new Splice(handle, handle)),
            (handle.Socket, new Splice(other.Handle, handle)),
            (Handoff.Sockets, new Listen(AnyPort, owner) { Credential = "a password", Transport = "none" }),
            (Handoff.Sockets, new Get("drawn", owner)),
        })
        {
            socket.Tell(command, ActorRefs.NoSender);
            var letter = reader.ExpectMsg<DeadLetter>();
            Assert.Equal(command.GetType().Name, Assert.IsType<Refused>(letter.Message).Command);
        }

        handle.Socket.Tell(new Splice(handle, other.Handle), ActorRefs.NoSender);
        Assert.Equal("Splice", Assert.IsType<Confirmed>(reader.ExpectMsg<DeadLetter>().Message).Command);
    }

    [Fact]
    public void A_page_that_nobody_asked_for_has_no_credential_in_it()
    {
        var reader = CreateTestProbe();
        Sys.EventStream.Subscribe(reader.Ref, typeof(DeadLetter));
        Handoff.Sockets.Tell(new GetSockets { Credential = "a password" }, ActorRefs.NoSender);
        Assert.Null(Assert.IsType<SocketPage>(reader.ExpectMsg<DeadLetter>().Message).Query.Credential);
    }
}
