using System.IO.Pipelines;
using System.Net;
using System.Text;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Endpoints;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Setup;

/// <summary>SCTP sockets on a back end, and their end.</summary>
public abstract class SctpSuite : IDisposable
{
    private readonly List<IDisposable> _open = [];
    private readonly ITestOutputHelper _output;

    private protected SctpSuite(SctpKind kind, ITestOutputHelper output) => (Kind, _output) = (kind, output);

    private protected SctpKind Kind { get; }

    private protected static TimeSpan Long { get; } = TimeSpan.FromMinutes(1);

    public void Dispose()
    {
        foreach (var socket in _open) (socket as ISctpSocket)?.Abort();
        foreach (var socket in _open) socket.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Random Seeded()
    {
        var seed = Random.Shared.Next();
        _output.WriteLine($"seed {seed}");
        return new Random(seed);
    }

    /// <summary>A one-to-many socket that takes associations.</summary>
    private protected SctpParty Open(SctpEventKinds events = SctpEventKinds.None, params SctpOption[] options)
    {
        var opened = Kind.Backend.Open([new IPEndPoint(Kind.Address, 0)], With(events, options));
        Assert.Equal(ResultCode.EESUCCESS, opened.Code);
        var party = Of(opened.Socket!);
        Assert.True(party.Socket.Listen(64).IsSuccess);
        return party;
    }

    private protected ISctpListenSocket Listen(int backlog = 16)
    {
        var (listener, code) = Kind.Backend.Listen([new IPEndPoint(Kind.Address, 0)], backlog, Kind.Options);
        Assert.Equal(ResultCode.EESUCCESS, code);
        _open.Add(listener!);
        return listener!;
    }

    private protected async Task<SctpParty> Connect(ISctpListenSocket listener)
    {
        var (socket, code) = await Kind.Backend.ConnectAsync(
            listener.LocalEndPoints, [], Kind.Options, Long, TimeProvider.System, CancellationToken.None).Soon();
        Assert.Equal(ResultCode.EESUCCESS, code);
        return Of(socket!);
    }

    private protected static SctpSendInfo On(SctpAssociationId association, ushort stream = 0) =>
        new() { Association = association, Stream = stream };

    private protected SctpSocketOptions With(SctpEventKinds events, params SctpOption[] options) =>
        Kind.Options with { Events = events, Options = [.. Kind.Options.Options, .. options] };

    private protected SctpParty Of(ISctpSocket socket)
    {
        _open.Add(socket);
        return new SctpParty(socket);
    }

    private protected SctpParty Peel(SctpParty party, SctpAssociationId association)
    {
        var (socket, code) = party.Socket.PeelOff(association, SctpPeelFlags.None);
        Assert.Equal(ResultCode.EESUCCESS, code);
        return Of(socket!);
    }

    /// <summary>An association between two one-to-many sockets, whose Up both have heard.</summary>
    private protected static async Task<(SctpAssociationId At, SctpAssociationId There)> Join(
        SctpParty from, SctpParty to)
    {
        var begun = from.Socket.Connect(to.Socket.LocalEndPoints);
        Assert.Equal(ResultCode.EESUCCESS, begun.Code);
        Assert.Equal(begun.Value, (await from.Hears<SctpUp>()).Association);
        return (begun.Value, (await to.Hears<SctpUp>()).Association);
    }

    private protected static EndpointOptions Endpoint { get; } = new()
    {
        Backlog = 64,
        OfferMessages = 256,
        OfferBuffer = 256 * 1024,
        ReceiveSize = 64 * 1024,
        Scheduler = PipeScheduler.ThreadPool,
    };

    private protected static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
