using System.Net;
using System.Net.Sockets;
using Handoff.Messages;
using Handoff.Policy;
using Handoff.Transport.Sockets.AcceptFilters;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Policies;

// What policy says of a connection before anybody owns it.
public sealed class AcceptPolicyTests : SocketTestKit
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    private readonly TestPolicy _policy = new();

    public AcceptPolicyTests(ITestOutputHelper output)
        : base(output) => Handoff.UsePolicy(_policy);

    [Fact]
    public async Task A_connection_that_policy_does_not_accept_is_reset_and_the_listener_goes_on()
    {
        var (owner, acceptor) = (CreateTestProbe(), CreateTestProbe());
        var listening = Listen(owner, acceptor);
        _policy.Refuse(SocketOperations.Accept);
        await ConnectInVainAsync(listening);
        _policy.Refuse(SocketOperations.None);
        using var peer = await ConnectAsync(listening);
        Assert.Equal(peer.Socket.LocalEndPoint, Take(acceptor).Facts.Remote);
    }

    [Fact]
    public async Task A_connection_that_policy_does_not_accept_is_no_filters_business()
    {
        var (owner, acceptor) = (CreateTestProbe(), CreateTestProbe());
        Handoff.Sockets.Tell(new Listen(AnyPort, owner, acceptor) { AcceptFilter = AcceptFilter.DataReady }, owner);
        var listening = owner.ExpectMsg<Listening>();
        _policy.Refuse(SocketOperations.Accept);
        await ConnectInVainAsync(listening);
        owner.Send(listening.Handle.Socket, GetAcceptFilterStatus.Instance);
        Assert.Equal(0, owner.ExpectMsg<AcceptFilterStatus>().Lost);
    }

    [Fact]
    public async Task A_connection_in_a_filter_is_asked_about_again_where_another_has_the_listener_by_then()
    {
        var (owner, next) = (CreateTestProbe(), CreateTestProbe());
        Handoff.Sockets.Tell(new Listen(AnyPort, owner) { AcceptFilter = AcceptFilter.DataReady }, owner);
        var listening = owner.ExpectMsg<Listening>();
        using var unwanted = await ConnectAsync(listening);
        AwaitCondition(() => Asked(SocketOperations.Accept).Length == 1, Patience);
        Release(owner, listening.Handle, next);
        Take(next);
        _policy.Refuse(SocketOperations.Accept);
        await unwanted.SendAsync("x");
        using var bound = new CancellationTokenSource(Patience);
        await Assert.ThrowsAsync<SocketException>(
            async () => await unwanted.Socket.ReceiveAsync(new byte[1], bound.Token));
        Assert.Equal([owner.Ref, next.Ref], Asked(SocketOperations.Accept).Select(asked => asked.NewOwner));
        next.ExpectNoMsg(TimeSpan.Zero);
    }

    private PolicyQuestion[] Asked(SocketOperations operation) =>
        [.. _policy.Questions.Where(asked => asked.Does(operation))];
}
