using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Handoff.Actors.Tests.Tls;

// A peer whose first words of TLS are in one packet with others that come before them.
internal sealed class Early : NetworkStream
{
    private byte[] _before;

    public Early(TestPeer peer, string before)
        : base(peer.Socket)
    {
        _before = Encoding.ASCII.GetBytes(before);
        Stream = new SslStream(this);
    }

    public SslStream Stream { get; }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        byte[] all = [.. _before, .. buffer.Span];
        _before = [];
        await base.WriteAsync(all, cancellationToken);
    }
}
