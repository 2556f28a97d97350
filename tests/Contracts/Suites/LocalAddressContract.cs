using System.Net;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

/// <summary>Connecting from a chosen address.</summary>
public abstract class LocalAddressContract(TransportKind.OnEngine kind, ITestOutputHelper output)
    : Suite(kind, output)
{
    [Fact]
    public async Task A_connection_comes_from_the_address_that_was_chosen()
    {
        var listener = Listen();
        var local = kind.AnyPlace;
        var (client, result) = await ConnectFrom(local, listener);
        Assert.True(result.IsSuccess, result.ToString());
        var near = Owned(client);
        var far = Owned((await listener.AcceptAsync().Soon()).Connection);
        Assert.Equal(near.LocalEndPoint, far.RemoteEndPoint);
        if (local is IPEndPoint { Address: var address })
            Assert.Equal(address, Assert.IsType<IPEndPoint>(far.RemoteEndPoint).Address);
        else
            Assert.Equal(local, far.RemoteEndPoint);
    }

    [Fact]
    public async Task An_address_where_somebody_listens_is_in_use()
    {
        var listener = Listen();
        var (client, result) = await ConnectFrom(Listen().LocalEndPoint, listener);
        Assert.Null(client);
        Assert.Equal(ResultCode.EEADDRINUSE, result.Code);
    }

    [Fact]
    public async Task Between_two_addresses_there_is_one_connection()
    {
        var listener = Listen();
        var first = Owned((await ConnectFrom(kind.AnyPlace, listener)).Connection);
        var (second, result) = await ConnectFrom(first.LocalEndPoint!, listener);
        Assert.Null(second);
        Assert.Equal(ResultCode.EEADDRINUSE, result.Code);
    }

    [Fact]
    public async Task An_address_that_is_not_of_this_machine_cannot_be_bound()
    {
        if (kind.Elsewhere is not { } elsewhere) return;
        var listener = Listen();
        Assert.Equal(ResultCode.EEBIND, (await ConnectFrom(elsewhere, listener)).Result.Code);
    }

    [Fact]
    public async Task An_address_of_another_kind_is_no_place_to_connect_from()
    {
        var (client, result) = await ConnectFrom(kind.WrongPlace, Listen());
        Assert.Null(client);
        Assert.Equal(ResultCode.EEBADADDR, result.Code);
    }

    [Fact]
    public async Task A_connect_that_fails_leaves_the_address_free()
    {
        var listener = Listen();
        var gone = Listen();
        var local = Listen();
        var place = local.LocalEndPoint;
        local.Dispose();
        gone.Dispose();
        Assert.Equal(ResultCode.EECONNREFUSED, (await ConnectFrom(place, gone)).Result.Code);
        var (client, result) = await ConnectFrom(place, listener);
        Assert.True(result.IsSuccess, result.ToString());
        Assert.Equal(place, Owned(client).LocalEndPoint);
    }

    private Task<ConnectResult> ConnectFrom(EndPoint local, SocketListener listener) => Kind.Create(Options)
        .ConnectAsync(listener.LocalEndPoint, local, TimeSpan.FromSeconds(30), CancellationToken.None).Soon();
}
