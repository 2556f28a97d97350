using System.Net.Security;
using System.Net.Sockets;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff;

/// <summary>
/// A connection or a datagram socket that code outside actors owns, through an anchor actor of its own. Disposing it
/// closes the socket, unless ownership has moved on; one that was lent to it is returned.
/// </summary>
public sealed class OwnedSocket : IAsyncDisposable
{
    private readonly Anchor _anchor;
    private readonly bool _ownsAnchor;
    private SocketLease? _lease;
    private readonly MessageLease? _messages;
    private readonly bool _isLent;
    private bool _released;
    private int _isStreamed;
    private bool _isFollowed;
    private Action<SocketResult>? _streamClosed;

    internal OwnedSocket(
        Anchor anchor, Acquired acquired, Task<SocketResult> closed, bool ownsAnchor, bool isLent)
    {
        _isLent = isLent;
        _anchor = anchor;
        _ownsAnchor = ownsAnchor;
        Handle = acquired.Handle;
        Facts = acquired.Facts;
        Closed = closed;
        _lease = acquired.Lease;
        _messages = acquired.Messages;
        Attachment = acquired.Attachment;
        if (_lease is null && _messages is null)
            throw new InvalidOperationException($"{Handle} came without a lease.");
    }

    /// <summary>The owner's authority, for messages to <c>Handle.Socket</c>.</summary>
    public SocketHandle Handle { get; }

    /// <summary>What the socket is, as of when it was acquired or TLS was started.</summary>
    public SocketFacts Facts { get; private set; }

    /// <summary>
    /// The pipes; others once TLS was started. After ownership has moved every call fails with <c>EESECURITY</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">A datagram socket has none.</exception>
    public SocketLease Lease => _lease ?? throw new InvalidOperationException($"{Handle}: datagrams have no pipes.");

    /// <summary>The messages of a datagram socket. After ownership has moved every call answers
    /// <c>EESECURITY</c>.</summary>
    /// <exception cref="InvalidOperationException">A connection has none.</exception>
    public MessageLease Messages =>
        _messages ?? throw new InvalidOperationException($"{Handle}: a connection has pipes.");

    /// <summary>What the giver sent along, of one that was got by its name; else null.</summary>
    public object? Attachment { get; }

    /// <summary>Completes with the result when the connection is over while this is its owner.</summary>
    public Task<SocketResult> Closed { get; }

    /// <summary>
    /// Offers the connection to a target. <c>EESUCCESS</c>: the target has acquired and this handle is void.
    /// <c>EESOCKNOTRLSD</c>: nobody has, and the connection is still this one's. Other codes: as for
    /// <see cref="Release"/>.
    /// </summary>
    /// <param name="target">Who is to acquire.</param>
    /// <param name="within">How long the offer stands; null for <c>handoff.offer.timeout</c>.</param>
    /// <param name="attachment">What goes with the offer.</param>
    /// <param name="cancellationToken">Revokes the offer, if it is still pending; the outcome is then told as
    /// usual.</param>
    public Task<SocketResult> ReleaseAsync(
        IActorRef target,
        TimeSpan? within = null,
        object? attachment = null,
        CancellationToken cancellationToken = default) =>
        ReleaseAsync(new Release(Handle, target) { Within = within, Attachment = attachment }, cancellationToken);

    /// <summary>As above, with all that a release can say but a loan, which comes back to an actor.</summary>
    /// <param name="release">The command; made with this <see cref="Handle"/>.</param>
    /// <param name="cancellationToken">Revokes the offer, if it is still pending.</param>
    public async Task<SocketResult> ReleaseAsync(Release release, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(release);
        if (release.LoanFor is not null)
            throw new ArgumentException("A loan comes back to an actor.", nameof(release));
        var answer = _anchor.AskAsync(Handle.Socket, release, Handle.Id);
        await using var revoking = cancellationToken.Register(
            () => _anchor.Tell(Handle.Socket, new Revoke(Handle, release)));
        switch (await answer)
        {
            case Released:
                _released = true;
                if (_ownsAnchor) _anchor.Stop();
                return SocketResult.Success;
            case ReleaseFailed failed:
                return failed.Result;
            case Refused refused:
                return refused.Result;
            case var other:
                throw new InvalidOperationException($"Unexpected answer: {other}");
        }
    }

    /// <summary>
    /// Gives the connection away under a name, as <see cref="Give"/> says: whoever gets it in time has it, else it
    /// is this one's again.
    /// </summary>
    /// <param name="name">The name; null draws a secret one.</param>
    /// <param name="within">How long it is given; null for <c>handoff.give.timeout</c>.</param>
    /// <param name="attachment">What goes with it.</param>
    /// <param name="scope">Who finds it; null for <c>handoff.give.scope</c>.</param>
    /// <param name="cancellationToken">Takes it back, if nobody got it yet; the outcome is then told as
    /// usual.</param>
    /// <exception cref="SocketFailedException">It was not given; the code says why, as for
    /// <see cref="Give"/>.</exception>
    public async Task<GivenName> GiveAsync(
        string? name = null,
        TimeSpan? within = null,
        object? attachment = null,
        NameScope? scope = null,
        CancellationToken cancellationToken = default)
    {
        var give = new Give(Handle, name) { Within = within, Attachment = attachment, Scope = scope };
        var naming = _anchor.Mail.Expect(give.Naming, Handle.Socket, Handle.Id);
        var outcome = ReleaseAsync(give, cancellationToken);
        return await naming switch
        {
            Given given => new GivenName(given.Name, outcome),
            Refused refused => throw new SocketFailedException(refused.Result),
            var other => throw new InvalidOperationException($"Unexpected answer: {other}"),
        };
    }

    /// <summary>Sets an option; other codes than success as for <see cref="SetOption"/>.</summary>
    /// <param name="option">The option and its value.</param>
    public async Task<SocketResult> SetOptionAsync(SocketOption option) =>
        await AskAsync(new SetOption(Handle, option)) is Refused refused ? refused.Result : SocketResult.Success;

    /// <summary>Reads an option.</summary>
    /// <param name="kind">Which option.</param>
    public async Task<OptionResult> GetOptionAsync(SocketOptionKind kind) =>
        await AskAsync(new GetOption(Handle, kind)) switch
        {
            OptionValue value => new OptionResult(value.Option, SocketResult.Success),
            Refused refused => new OptionResult(null, refused.Result),
            var other => throw new InvalidOperationException($"Unexpected answer: {other}"),
        };

    /// <summary>Shuts one side down, or both; other codes than success as for <see cref="Shutdown"/>.</summary>
    /// <param name="how">Which side.</param>
    public async Task<SocketResult> ShutdownAsync(SocketShutdown how) =>
        await AskAsync(new Shutdown(Handle, how)) is Refused refused ? refused.Result : SocketResult.Success;

    /// <summary>
    /// Starts TLS as the server. With <c>EESUCCESS</c>, <see cref="Lease"/> is a new one from here on, whose bytes are
    /// encrypted on their way, and <see cref="Facts"/> tell of the session; the old one has ended. Other codes: as for
    /// <see cref="StartTls"/>; after those of <see cref="TlsFailed"/> the connection is closing.
    /// </summary>
    /// <param name="server">As for <see cref="StartTls"/>.</param>
    public Task<SocketResult> StartTlsAsync(SslServerAuthenticationOptions server) =>
        StartTlsAsync(new StartTls(Handle, server));

    /// <summary>As above, as the client.</summary>
    /// <param name="client">As for <see cref="StartTls"/>.</param>
    public Task<SocketResult> StartTlsAsync(SslClientAuthenticationOptions client) =>
        StartTlsAsync(new StartTls(Handle, client));

    /// <summary>Resets the peer and closes at once; what was not sent is dropped. A lent one is returned.</summary>
    public async Task AbortAsync()
    {
        if (_released) return;
        TellEnd(new Abort(Handle));
        await EndAsync();
    }

    /// <summary>Sends what was accepted and closes; bounded by <c>handoff.close</c>. Does nothing after a
    /// release, and returns what was lent.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_released) return;
        TellEnd(new Close(Handle));
        await EndAsync();
    }

    internal ActorSystem System => _anchor.System;

    // A stream has it, and nobody else until it is left.
    internal bool TryStream() => Interlocked.Exchange(ref _isStreamed, 1) == 0;

    // The stream is told when the connection is over, and only the last one: a connection may see any number of them.
    internal void TellStream(Action<SocketResult> closed)
    {
        Interlocked.Exchange(ref _streamClosed, closed);
        if (Closed.IsCompleted)
        {
            closed(Closed.Result);
        }
        else if (!_isFollowed)
        {
            _isFollowed = true;
            Closed.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(
                () => Volatile.Read(ref _streamClosed)?.Invoke(Closed.Result));
        }
    }

    internal void EndStream()
    {
        Volatile.Write(ref _streamClosed, null);
        Volatile.Write(ref _isStreamed, 0);
    }

    // As disposing or aborting, for who does not wait for the end.
    internal void End(bool isAborted)
    {
        if (_released) return;
        TellEnd(isAborted ? new Abort(Handle) : new Close(Handle));
        if (_ownsAnchor) _anchor.Retire();
    }

    internal static SocketResult NoListener(long id) =>
        new(ResultCode.EEMODENOTSUPP, $"socket {id} is a listener, which is for an actor to own");

    private async Task<SocketResult> StartTlsAsync(StartTls start)
    {
        switch (await AskAsync(start))
        {
            case TlsStarted started:
                (_lease, Facts) = (started.Lease, started.Facts);
                return SocketResult.Success;
            case TlsFailed failed:
                return failed.Result;
            case Refused refused:
                return refused.Result;
            case var other:
                throw new InvalidOperationException($"Unexpected answer: {other}");
        }
    }

    private Task<object> AskAsync(object command) => _anchor.AskAsync(Handle.Socket, command, Handle.Id);

    // Nobody is there to be told once it has ended.
    private void TellEnd(object command)
    {
        if (!Closed.IsCompleted) Handle.Socket.Tell(_isLent ? new Return(Handle) : command, _anchor.Self);
    }

    private async Task EndAsync()
    {
        await Closed;
        if (_ownsAnchor) _anchor.Stop();
    }
}
