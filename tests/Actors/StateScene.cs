using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Sctp;

namespace Handoff.Actors.Tests;

// By holds Handle and sends the commands of an owner; Target answers the offer.
internal sealed record StateScene(
    SocketHandle Handle, OfferHandle Offer, Release Release, TestProbe By, TestProbe Target, TestPeer? Peer)
    : IDisposable
{
    private const int SolSocket = 1;
    private const int SoKeepAlive = 9;
    private const int DiscardPort = 9;

    private static readonly IPEndPoint Anywhere = new(IPAddress.Loopback, DiscardPort);

    public static StateScene Of(SocketHandle handle, TestProbe owner, TestProbe target) => new(
        handle,
        new OfferHandle(handle.Socket, handle.Id, number: 1, Secret.Draw()),
        new Release(handle, target),
        owner,
        target,
        Peer: null);

    public StateScene Forged()
    {
        var handle = new SocketHandle(Handle.Socket, Handle.Id, Handle.Epoch, Secret.Draw());
        return this with { Handle = handle, Release = new Release(handle, Target) };
    }

    public object Command(string name) => name switch
    {
        nameof(Messages.Release) => new Release(Handle, Target),
        nameof(Give) => new Give(Handle),
        nameof(Acquire) => new Acquire(Offer, Target),
        nameof(Decline) => new Decline(Offer, Target, "no"),
        nameof(Revoke) => new Revoke(Handle, Release),
        nameof(Reattach) => new Reattach(Handle, By),
        nameof(SetHeir) => new SetHeir(Handle, Target),
        nameof(Return) => new Return(Handle),
        nameof(Write) => new Write(Handle, new byte[1]),
        nameof(Consumed) => new Consumed(Handle, 0),
        nameof(FinishSending) => new FinishSending(Handle),
        nameof(ReadBy) => new ReadBy(Handle, Reading.Lease),
        nameof(SetOption) => new SetOption(Handle, SocketOption.SendBuffer(65536)),
        nameof(GetOption) => new GetOption(Handle, SocketOptionKind.SendBuffer),
        nameof(SetRawOption) => new SetRawOption(Handle, SolSocket, SoKeepAlive, BitConverter.GetBytes(1)),
        nameof(GetRawOption) => new GetRawOption(Handle, SolSocket, SoKeepAlive, sizeof(int)),
        nameof(Shutdown) => new Shutdown(Handle, SocketShutdown.Send),
        nameof(Splice) => new Splice(Handle, Handle),
        nameof(Unsplice) => new Unsplice(Handle),
        nameof(SetAcceptFilter) => new SetAcceptFilter(Handle, Filter: null),
        nameof(ReadDurably) => new ReadDurably(Handle, IsOn: true),
        nameof(StartTls) => new StartTls(Handle, new SslServerAuthenticationOptions()),
        nameof(Keep) => new Keep(Handle, "login"),
        nameof(SendTo) => new SendTo(Handle, new byte[1], Anywhere),
        nameof(Peeloff) => new Peeloff(Handle),
        nameof(Associate) => new Associate(Handle, [Anywhere]),
        nameof(BindAddresses) => new BindAddresses(Handle, [Anywhere]),
        nameof(SetAssociationOption) => new SetAssociationOption(Handle, new SctpOption(SctpOptionKind.NoDelay, 1)),
        nameof(WantEvents) => new WantEvents(Handle, SctpEventKinds.All),
        nameof(GetAssociationOption) => new GetAssociationOption(Handle, SctpOptionKind.NoDelay),
        nameof(GetAssociationAddresses) => new GetAssociationAddresses(Handle),
        nameof(GetAssociationStatus) => new GetAssociationStatus(Handle),
        nameof(Close) => new Close(Handle),
        nameof(Abort) => new Abort(Handle),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such command"),
    };

    public void Dispose() => Peer?.Dispose();
}
