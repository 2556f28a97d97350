using System.Diagnostics.CodeAnalysis;
using Handoff.Transport.Sockets;

namespace Handoff.Transport.Tls;

// From a connection without TLS to one with it. The new one may be leased and used at once: its bytes wait until the
// handshake is over. If that fails, the connection ends for that cause.
[SuppressMessage("Design", "CA1001", Justification = "The connection owns the socket.")]
internal sealed class TlsHandshake
{
    private readonly TlsSide _side;
    private readonly TlsStreamSocket _socket;

    private TlsHandshake(Succession before, TlsSide side)
    {
        _side = side;
        _socket = new TlsStreamSocket(before);
        var positions = new Detached(before.Consumed, before.Written, Unread: default, Unsent: default);
        Connection = new SocketConnection(_socket, before.Options, positions);
    }

    // Goes on in the place of the one that was given.
    public SocketConnection Connection { get; }

    // A refusal has no effect: as of SocketConnection.Succeed, or EEINVAL.
    public static (TlsHandshake? Handshake, SocketResult Result) Begin(SocketConnection plain, TlsSide side)
    {
        if (side.Unfit is { } unfit) return (null, unfit);
        var (before, result) = plain.Succeed();
        return before is null ? (null, result) : (new TlsHandshake(before, side), result);
    }

    // Once; the caller owns the task. By the clock of the connection.
    public async Task<(TlsState.Secure? Session, SocketResult Result)> RunAsync(TimeSpan within)
    {
        // Whoever starts it is not held up by keys and certificates.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var time = new CancellationTokenSource(within, Connection.Core.Options.TimeProvider);
        var late = new SocketResult(
            ResultCode.EETIMEDOUT, $"the TLS handshake took longer than {within}; handoff.tls.handshake-timeout");
        await using var aborting = time.Token.UnsafeRegister(
            static (state, _) =>
            {
                var (connection, late) = ((SocketConnection, SocketResult))state!;
                connection.Abort(late);
            },
            (Connection, late)).ConfigureAwait(false);
        var (session, result) = await _socket.AuthenticateAsync(_side, time.Token).ConfigureAwait(false);
        if (session is not null)
        {
            _socket.Open();
            return (session, result);
        }

        // Gracefully, so that the peer reads why: the alert is on its way. And first, so that this is the cause.
        if (time.IsCancellationRequested) result = late;
        Connection.Close(result);
        _socket.Fail();
        return (null, result);
    }
}
