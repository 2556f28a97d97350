using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Kernel;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

/// <summary>What lksctp's test_peeloff tries, and the refusals of the call itself.</summary>
[NeedsKernelSctp]
public sealed class PeelScenariosOverKernel(ITestOutputHelper output) : SctpSuite(new KernelSctpKind(), output)
{
    private const int Clients = 10;

    [SctpFact]
    public async Task Ten_clients_are_peeled_off_and_each_socket_has_its_own_client()
    {
        var server = Open();
        var clients = new List<SctpParty>();
        var there = new List<SctpAssociationId>();
        for (var i = 0; i < Clients; i++)
        {
            clients.Add(Open());
            there.Add((await Join(clients[i], server)).There);
            await clients[i].Send($"before {i}", default, server.Place);
            Assert.Equal($"before {i}", await server.Reads());
        }

        var peeled = there.ConvertAll(association => Peel(server, association));
        Assert.All(peeled, one => Assert.Equal(ResultCode.EEINVAL, one.Socket.Listen(5).Code));
        for (var i = 0; i < Clients; i++)
        {
            Assert.Equal(
                ResultCode.EEINVAL, peeled[i].Socket.PeelOff(there[i], SctpPeelFlags.None).Code);
            await clients[i].Send($"to {i}", default, server.Place);
            Assert.Equal($"to {i}", await peeled[i].Reads());

            // An address of another peer means nothing to it.
            await peeled[i].Send($"from {i}", default, clients[(i + 1) % Clients].Place);
            Assert.Equal($"from {i}", await clients[i].Reads());
        }

        Assert.Equal(ResultCode.EEWOULDBLOCK, server.Socket.TryReceive(new byte[10]).Code);
        server.Socket.Dispose();
        foreach (var one in peeled) one.Socket.Dispose();
        foreach (var client in clients) await client.Hears<SctpShutdownComplete>();
    }

    [SctpFact]
    public async Task The_call_itself_refuses_what_it_cannot_peel()
    {
        var (server, client) = (Open(), Open());
        var (_, there) = await Join(client, server);
        var listener = Listen();
        var stream = (await Connect(listener)).Socket;
        var unknown = new SctpAssociationId(there.Value + 1_000_000);
        Assert.Equal(ResultCode.EEINVAL, Call(stream, stream.Association));
        Assert.Equal(ResultCode.EEINVAL, Call(server.Socket, unknown));
        Assert.Equal(ResultCode.EEINVAL, Call(server.Socket, default));
        var peeled = Peel(server, there);
        Assert.Equal(ResultCode.EEINVAL, Call(peeled.Socket, there));
        Assert.Equal(ResultCode.EEINVAL, Call(server.Socket, there));
    }

    [SctpFact]
    public async Task The_plain_call_is_followed_by_what_the_flags_would_have_done()
    {
        var (server, client) = (Open(), Open());
        var (_, there) = await Join(client, server);
        using var peeled = KernelCalls.PeelOffPlainly(NumberOf(server.Socket), there).Socket!;
        Assert.True(SocketOptions.IsNonBlocking(peeled.Number));
        Assert.Equal(Native.ClosedOnExec, SystemCalls.Control(peeled.Number, Native.GetDescriptorFlags, 0));
    }

    [SctpFact]
    public async Task No_descriptor_waits_or_is_inherited_whichever_way_it_came_about()
    {
        var (server, client) = (Open(), Open());
        var (_, there) = await Join(client, server);
        var listener = Listen();
        var connected = (await Connect(listener)).Socket;
        var accepted = (await listener.AcceptAsync(CancellationToken.None).Soon()).Socket!;
        ISctpSocket[] sockets = [server.Socket, Peel(server, there).Socket, connected, Of(accepted).Socket];
        Assert.All(sockets.Select(NumberOf), number =>
        {
            Assert.True(SocketOptions.IsNonBlocking(number));
            Assert.Equal(Native.ClosedOnExec, SystemCalls.Control(number, Native.GetDescriptorFlags, 0));
        });
    }

    private static int NumberOf(ISctpSocket socket) => ((KernelSctpSocket)socket).Number;

    private static ResultCode Call(ISctpSocket socket, SctpAssociationId association)
    {
        var (peeled, code) = KernelCalls.PeelOff(NumberOf(socket), association);
        peeled?.Dispose();
        return code;
    }
}
