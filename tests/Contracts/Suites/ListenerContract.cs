using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

public abstract class ListenerContract(TransportKind kind, ITestOutputHelper output) : Suite(kind, output)
{
    [Fact]
    public async Task Connections_are_accepted_in_their_order()
    {
        var listener = Listen();
        for (var i = 0; i < 3; i++)
        {
            var client = await ConnectTo(listener);
            client.Start();
            await client.Lease(1).Output.WriteAsync(new[] { (byte)i }).Soon();
        }

        for (var i = 0; i < 3; i++)
        {
            var server = Owned((await listener.AcceptAsync().Soon()).Connection);
            server.Start();
            Assert.Equal([(byte)i], await server.Lease(1).Input.Take(1));
        }
    }

    [Fact]
    public async Task A_pending_accept_is_answered_by_the_next_connection()
    {
        var listener = Listen();
        var accept = listener.AcceptAsync().AsTask();
        Assert.True(await accept.IsStuck());
        await ConnectTo(listener);
        var accepted = await accept.Soon();
        Assert.Equal(SocketResult.Success, accepted.Result);
        Owned(accepted.Connection);
    }

    [Fact]
    public async Task A_cancelled_accept_is_a_code_and_loses_no_connection()
    {
        var listener = Listen();
        for (var i = 0; i < 100; i++)
        {
            using var cancelled = new CancellationTokenSource();
            var accept = listener.AcceptAsync(cancelled.Token).AsTask();
            var connecting = ConnectTo(listener);
            await cancelled.CancelAsync();
            var accepted = await accept.Soon();
            await connecting.Soon();
            if (accepted.Connection is null)
            {
                Assert.Equal(ResultCode.EEINTR, accepted.Result.Code);
                accepted = await listener.AcceptAsync().Soon();
            }

            Owned(accepted.Connection);
        }
    }

    [Fact]
    public async Task A_closed_listener_answers_its_accepts_with_a_code()
    {
        var listener = Listen();
        var accept = listener.AcceptAsync().AsTask();
        listener.Dispose();
        listener.Dispose();
        Assert.Equal(ResultCode.EEBADF, (await accept.Soon()).Result.Code);
        Assert.Equal(ResultCode.EEBADF, (await listener.AcceptAsync().Soon()).Result.Code);
    }

    [Fact]
    public async Task Closing_a_listener_leaves_its_connections_alone()
    {
        var listener = Listen();
        var client = await ConnectTo(listener);
        var server = Owned((await listener.AcceptAsync().Soon()).Connection);
        listener.Dispose();
        client.Start();
        server.Start();
        await client.Lease(1).Output.WriteAsync("still here"u8.ToArray()).Soon();
        Assert.Equal("still here"u8.ToArray(), await server.Lease(1).Input.Take(10));
    }

    [Fact]
    public async Task Closing_a_listener_resets_who_was_not_accepted()
    {
        var listener = Listen();
        var client = await ConnectTo(listener);
        client.Start();
        var lease = client.Lease(1);
        listener.Dispose();
        Assert.Equal(ResultCode.EERESET, (await lease.Input.TakeAllUntilFailure()).Code);
    }

    [Fact]
    public async Task An_address_is_taken_until_its_listener_is_closed()
    {
        var listener = Listen();
        var client = await ConnectTo(listener);
        var server = Owned((await listener.AcceptAsync().Soon()).Connection);
        var transport = Kind.Create(Options);
        var second = transport.Listen(listener.LocalEndPoint, 1);
        Assert.Equal(ResultCode.EEADDRINUSE, second.Result.Code);
        Assert.Null(second.Listener);

        // Also while connections of it are left, or wait out their time in the system.
        listener.Dispose();
        server.Close();
        client.Close();
        await server.Completion.Soon();
        using var third = transport.Listen(listener.LocalEndPoint, 1).Listener;
        Assert.NotNull(third);
    }
}
