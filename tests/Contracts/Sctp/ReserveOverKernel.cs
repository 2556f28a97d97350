using System.Net;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Kernel;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

[NeedsKernelSctp]
[Collection(nameof(Alone))]
public sealed class ReserveOverKernel(ITestOutputHelper output) : SctpSuite(new KernelSctpKind(), output)
{
    [SctpFact]
    public async Task Without_a_descriptor_for_it_the_association_stays_where_it_is()
    {
        var client = Open();
        var limit = DescriptorReserve.Next() + 20; // of which the engine has some
        await using var poor = new LinuxEngine(
            new LinuxEngineOptions { Loops = 1, DescriptorLimit = limit, ReservedDescriptors = 2 });
        var backend = new KernelSctp(poor, TimeProvider.System);
        var held = new List<ISctpSocket>();
        var opened = backend.Open([new IPEndPoint(Kind.Address, 0)], Kind.Options);
        while (opened.Socket is { } one)
        {
            held.Add(one);
            opened = backend.Open([new IPEndPoint(Kind.Address, 0)], Kind.Options);
        }

        Assert.Equal(ResultCode.EENOSOCKS, opened.Code);
        var server = Of(held[0]);
        Assert.True(server.Socket.Listen(5).IsSuccess);
        var (at, there) = await Join(client, server);
        Assert.Equal(ResultCode.EENOSOCKS, server.Socket.PeelOff(there, SctpPeelFlags.None).Code);
        await client.Send("still here", On(at));
        Assert.Equal("still here", await server.Reads());
        foreach (var one in held) one.Dispose();
    }
}
