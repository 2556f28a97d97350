using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Usrsctp;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

/// <summary>The kernel's SCTP and usrsctp, over UDP between the two.</summary>
[NeedsInterop]
public sealed class InteropOverKernel(ITestOutputHelper output) : SctpSuite(new KernelSctpKind(), output)
{
    private const int Streams = 3;

    private static readonly Lazy<UsrsctpBackend> Library = new(() =>
        UsrsctpBackend.Create(udpPort: 0, PipeScheduler.ThreadPool).Backend
        ?? throw new InvalidOperationException("usrsctp did not begin"));

    [SctpFact]
    public Task The_kernel_calls_and_each_side_peels_off_in_the_middle_of_traffic() =>
        TalkAsync(calls: OpenKernel(), called: OpenLibrary());

    [SctpFact]
    public Task Usrsctp_calls_and_each_side_peels_off_in_the_middle_of_traffic() =>
        TalkAsync(calls: OpenLibrary(), called: OpenKernel());

    [SctpFact]
    public async Task What_is_said_of_a_message_is_heard_on_the_other_side_either_way()
    {
        var (kernel, library) = (OpenKernel(), OpenLibrary());
        var (at, there) = await Join(library, kernel);
        await HearsAllOf(library, at, kernel);
        await HearsAllOf(kernel, there, library);
    }

    [SctpFact]
    public async Task An_abort_of_either_side_is_told_as_a_reset()
    {
        var (kernel, library) = (OpenKernel(), OpenLibrary());
        var (at, _) = await Join(library, kernel);
        Assert.Equal(ResultCode.EESUCCESS, library.End(at, SctpSendFlags.Abort));
        Assert.Equal(ResultCode.EERESET, (await kernel.Hears<SctpLost>()).Code);
        Assert.Equal(ResultCode.EEABORTED, (await library.Hears<SctpLost>()).Code);
        (_, var there) = await Join(library, kernel);
        Assert.Equal(ResultCode.EESUCCESS, kernel.End(there, SctpSendFlags.Abort));
        Assert.Equal(ResultCode.EERESET, (await library.Hears<SctpLost>()).Code);
    }

    [SctpFact]
    public async Task One_to_one_sockets_connect_either_way()
    {
        await ConnectAsync(Kind.Backend, With(SctpEventKinds.None, ToLibrary), Library.Value, LibraryOptions);
        await ConnectAsync(Library.Value, LibraryOptions, Kind.Backend, Kind.Options);
    }

    // As root usrsctp hears the packets of all of them.
    [SctpFact]
    public async Task Associations_of_the_kernel_are_left_alone_by_usrsctp()
    {
        OpenLibrary();
        var (calls, called) = (Open(), Open());
        var (at, there) = await Join(calls, called);
        await SayAsync(calls, at, 0, 50);
        await HearAsync(called, 0, 50);
        await SayAsync(called, there, 0, 50);
        await HearAsync(calls, 0, 50);
    }

    private static SctpOption ToKernel => new(SctpOptionKind.EncapsulationPort, NeedsInteropAttribute.Port);

    private static SctpOption ToLibrary => new(SctpOptionKind.EncapsulationPort, Library.Value.UdpPort);

    private static SctpSocketOptions LibraryOptions => new() { Options = [ToKernel] };

    private SctpParty OpenKernel() => Open(SctpEventKinds.None, ToLibrary);

    private SctpParty OpenLibrary()
    {
        var (socket, code) = Library.Value.Open([new IPEndPoint(Kind.Address, 0)], LibraryOptions);
        Assert.Equal(ResultCode.EESUCCESS, code);
        Assert.True(socket!.Listen(8).IsSuccess);
        return Of(socket);
    }

    // What waits when a side peels off comes first; then traffic goes on by the new sockets, in order on each stream.
    private async Task TalkAsync(SctpParty calls, SctpParty called)
    {
        const int Before = 50, After = 200;
        var (at, there) = await Join(calls, called);
        await SayAsync(calls, at, 0, Before);
        var peeled = Peel(called, there);
        await HearAsync(peeled, 0, Before);
        await SayAsync(peeled, peeled.Socket.Association, 0, Before);
        var back = Peel(calls, at);
        await HearAsync(back, 0, Before);
        await Task.WhenAll(
            SayAsync(back, back.Socket.Association, Before, After),
            SayAsync(peeled, peeled.Socket.Association, Before, After),
            HearAsync(peeled, Before, After),
            HearAsync(back, Before, After)).Soon();
        Assert.Equal(ResultCode.EEINVAL, calls.Socket.GetStatus(at).Code);
        Assert.Equal(ResultCode.EESUCCESS, back.End(default));
        await peeled.Hears<SctpShutdownComplete>();
        await back.Hears<SctpShutdownComplete>();
    }

    private static async Task SayAsync(SctpParty party, SctpAssociationId at, int first, int end)
    {
        for (var i = first; i < end; i++)
            await party.Send($"{i}:{new string('x', 17 * i)}", On(at, (ushort)(i % Streams)));
    }

    private static async Task HearAsync(SctpParty party, int first, int end)
    {
        var next = Enumerable.Range(0, Streams).Select(stream => FirstOn(stream, first)).ToArray();
        for (var i = first; i < end; i++)
        {
            var (info, bytes) = await party.Receives();
            var text = Encoding.ASCII.GetString(bytes);
            var number = int.Parse(text.Split(':')[0], CultureInfo.InvariantCulture);
            Assert.Equal((next[info.Stream], 17 * number), (number, text.Length - text.IndexOf(':') - 1));
            next[info.Stream] += Streams;
        }
    }

    private static int FirstOn(int stream, int first) => first + ((stream - first % Streams + Streams) % Streams);

    private static async Task HearsAllOf(SctpParty from, SctpAssociationId at, SctpParty to)
    {
        var info = new SctpSendInfo { Association = at, Stream = 2, PayloadProtocol = 0xDEADBEEF };
        await from.Send("in order", info);
        await from.Send("at once", info with { Flags = SctpSendFlags.Unordered, PayloadProtocol = 5 });
        var large = new string('y', 30_000);
        await from.Send(large, On(at));
        foreach (var (text, protocol, isUnordered) in new[]
        {
            ("in order", 0xDEADBEEFu, false), ("at once", 5u, true), (large, 0u, false),
        })
        {
            var (heard, bytes) = await to.Receives();
            Assert.Equal((protocol, isUnordered), (heard.PayloadProtocol, heard.IsUnordered));
            Assert.Equal(text, Encoding.ASCII.GetString(bytes));
        }
    }

    private async Task ConnectAsync(
        ISctpBackend from, SctpSocketOptions options, ISctpBackend to, SctpSocketOptions listening)
    {
        var (listener, code) = to.Listen([new IPEndPoint(Kind.Address, 0)], 4, listening);
        Assert.Equal(ResultCode.EESUCCESS, code);
        using var _ = listener;
        var (socket, result) = await from.ConnectAsync(
            listener!.LocalEndPoints, [], options, Long, TimeProvider.System, CancellationToken.None).Soon();
        Assert.Equal(ResultCode.EESUCCESS, result);
        var near = Of(socket!);
        var far = Of((await listener.AcceptAsync(CancellationToken.None).Soon()).Socket!);
        await near.Hears<SctpUp>();
        await far.Hears<SctpUp>();
        await near.Send("there");
        Assert.Equal("there", await far.Reads());
        await far.Send("and back");
        Assert.Equal("and back", await near.Reads());
    }
}
