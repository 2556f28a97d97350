using System.Net.Security;
using System.Net.Sockets;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport.Tls;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Tls;

// The peer is .NET's own TLS on a plain socket: whatever is between the two is ours.
public abstract class TlsTestKit(ITestOutputHelper output, string config = "", bool virtualTime = true)
    : SocketTestKit(output, config, virtualTime)
{
    public static SslServerAuthenticationOptions AsServer => new() { ServerCertificate = Certificates.Localhost };

    public static SslClientAuthenticationOptions AsClient => new()
    {
        TargetHost = "localhost",
        RemoteCertificateValidationCallback = static (_, shown, _, _) => Certificates.Localhost.Equals(shown),
    };

    protected static SslServerAuthenticationOptions OnlyTheClient => new()
    {
        ServerCertificate = Certificates.Localhost,
        ClientCertificateRequired = true,
        RemoteCertificateValidationCallback = static (_, shown, _, _) => Certificates.Client.Equals(shown),
    };

    // Its owner starts TLS; what the peer says meanwhile is the test's.
    protected static StartTls Start(
        TestProbe owner, SocketHandle handle, SslServerAuthenticationOptions? server = null)
    {
        var start = new StartTls(handle, server ?? AsServer);
        handle.Socket.Tell(start, owner);
        return start;
    }

    protected static SslStream Over(TestPeer peer) => new OpenSslStream(peer.Socket);

    // What is beneath its session.
    protected static Socket PeerOf(SslStream stream) => ((OpenSslStream)stream).Socket;

    public static async Task<SslStream> ShakeHandsAsync(TestPeer peer, SslClientAuthenticationOptions? client = null)
    {
        var stream = Over(peer);
        await stream.AuthenticateAsClientAsync(client ?? AsClient).WaitAsync(Patience);
        return stream;
    }

    // A connection with TLS that the probe owns, and its peer.
    protected async Task<(Acquired Acquired, TlsStarted Started, SslStream Peer)> SecureAsync(
        TestProbe owner, Reading? reading = null)
    {
        var (acquired, peer) = await OwnAsync(owner, reading);
        Start(owner, acquired.Handle);
        var stream = await ShakeHandsAsync(peer);
        return (acquired, owner.FishForMessage<TlsStarted>(_ => true, Patience), stream);
    }

    protected static async Task<byte[]> ReceiveAsync(SslStream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes).AsTask().WaitAsync(Patience);
        return bytes;
    }

    public static async Task<string> ReceiveTextAsync(SslStream stream, int count) =>
        System.Text.Encoding.ASCII.GetString(await ReceiveAsync(stream, count));

    protected static Task SendAsync(SslStream stream, string text) =>
        stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(text)).AsTask().WaitAsync(Patience);

    // What was told to the socket before has been heard.
    protected void AssertHandshaking(SocketHandle handle) =>
        Assert.IsType<TlsState.Handshaking>(StatusOf(CreateTestProbe(), handle.Socket).Facts.Tls);

    protected static TlsState.Secure SessionOf(SocketFacts facts) => Assert.IsType<TlsState.Secure>(facts.Tls);

    private sealed class OpenSslStream(Socket socket) : SslStream(new NetworkStream(socket))
    {
        public Socket Socket => socket;
    }
}
