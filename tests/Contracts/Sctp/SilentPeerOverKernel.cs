using System.Net;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

[NeedsSilentPeer]
public sealed class SilentPeerOverKernel(ITestOutputHelper output) : SctpSuite(new KernelSctpKind(), output)
{
    [SctpFact]
    public async Task A_peer_that_does_not_answer_times_out()
    {
        var silent = new IPEndPoint(NeedsSilentPeerAttribute.Address, 7);
        SctpOption[] once =
        [
            new(SctpOptionKind.MinRetransmissionTime, 10), new(SctpOptionKind.InitialRetransmissionTime, 100),
            new(SctpOptionKind.MaxInitAttempts, 1), new(SctpOptionKind.MaxInitTimeout, 100),
        ];
        var options = With(SctpEventKinds.None, once);
        var (opened, code) = Kind.Backend.Open([], options);
        Assert.Equal(ResultCode.EESUCCESS, code);
        var client = Of(opened!);
        var begun = client.Socket.Connect([silent]);
        Assert.Equal(ResultCode.EESUCCESS, begun.Code);
        var failed = await client.Hears<SctpCannotStart>();
        Assert.Equal((begun.Value, ResultCode.EETIMEDOUT), (failed.Association, failed.Code));
        Assert.Equal(ResultCode.EESUCCESS, client.TrySend("implicitly", default, silent));
        var (what, _) = await client.Next();
        Assert.Equal(new SctpCannotStart(default, ResultCode.EETIMEDOUT), what.Event);
        Assert.Equal(silent, what.Sender);
        var peeled = Peel(client, client.Socket.Connect([silent]).Value);
        Assert.Equal(ResultCode.EETIMEDOUT, (await peeled.Hears<SctpCannotStart>()).Code);
        Assert.Equal(ResultCode.EETIMEDOUT, await Connecting(silent, options, Long));
        var patient = With(SctpEventKinds.None);
        Assert.Equal(ResultCode.EETIMEDOUT, await Connecting(silent, patient, TimeSpan.FromMilliseconds(200)));
    }

    private async Task<ResultCode> Connecting(IPEndPoint peer, SctpSocketOptions options, TimeSpan timeout) =>
        (await Kind.Backend.ConnectAsync([peer], [], options, timeout, TimeProvider.System, default).Soon()).Code;
}
