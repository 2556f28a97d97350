using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Net;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Handoff.AspNetCore;

// A lease as Kestrel's connection. What Kestrel does to it after it was taken out is refused by the lease, whose epoch
// is over by then, so that nothing here has to be in time.
[SuppressMessage("Design", "CA1001", Justification =
    "A cancellation source without timer and wait handle holds nothing to dispose of.")]
internal sealed class HandoffConnection
    : ConnectionContext, IConnectionIdFeature, IConnectionTransportFeature, IConnectionItemsFeature,
        IConnectionLifetimeFeature, IConnectionEndPointFeature, IMemoryPoolFeature, IHandoffFeature, IDuplexPipe
{
    private readonly CancellationTokenSource _closed = new();
    private readonly ConnectionFeatures _features = new();
    private readonly TransportReader _input;
    private readonly TransportWriter _output;
    private readonly SocketHandle _handle;
    private readonly IActorRef _owner;
    private IDictionary<object, object?>? _items;

    // While it is being taken out, and from then on if it was.
    private Leaving? _leaving;
    private SocketResult? _end;
    private volatile bool _isAborted;
    private Task? _tripping;

    public HandoffConnection(Acquired acquired, IActorRef owner, MemoryPool<byte> memory, bool endAborts)
    {
        var lease = acquired.Lease ?? throw new ArgumentException("It came without a lease.", nameof(acquired));
        _handle = acquired.Handle;
        _owner = owner;
        _input = new TransportReader(this, lease.Input);
        _output = new TransportWriter(this, lease.Output);
        Facts = acquired.Facts;
        MemoryPool = memory;
        ConnectionId = $"handoff-{_handle.Id}-{_handle.Epoch}";
        LocalEndPoint = Facts.Local;
        RemoteEndPoint = Facts.Remote;
        Transport = this;
        ConnectionClosed = _closed.Token;
        AddFeatures();

        // A request hears of its client's end without reading.
        if (!endAborts) return;
        lease.InputEnded.UnsafeRegister(static connection => ((HandoffConnection)connection!).Trip(), this);
    }

    public SocketFacts Facts { get; }

    public MemoryPool<byte> MemoryPool { get; }

    public override string ConnectionId { get; set; }

    public override IFeatureCollection Features => _features;

    public override IDictionary<object, object?> Items
    {
        get => _items ??= new ConnectionItems();
        set => _items = value;
    }

    public override IDuplexPipe Transport { get; set; }

    public override CancellationToken ConnectionClosed { get; set; }

    public override EndPoint? LocalEndPoint { get; set; }

    public override EndPoint? RemoteEndPoint { get; set; }

    // From here on nothing is to be sent, and no end that looks like a good one.
    public bool IsAborted => _isAborted;

    PipeReader IDuplexPipe.Input => _input;

    PipeWriter IDuplexPipe.Output => _output;

    public override void Abort() => Abort(new ConnectionAbortedException());

    public override void Abort(ConnectionAbortedException abortReason)
    {
        _isAborted = true;
        _handle.Socket.Tell(new Abort(_handle), _owner);
        Trip();
    }

    public override async ValueTask DisposeAsync()
    {
        // Whoever completes both closes gracefully: what was accepted is sent, by the socket's own time-outs.
        _input.CancelPendingRead();
        await _input.CompleteAsync();
        await _output.CompleteAsync();
        Trip();
        await _tripping!;
        await base.DisposeAsync();
    }

    public async Task<SocketResult> ReleaseAsync(
        IActorRef target,
        TimeSpan? within = null,
        object? attachment = null,
        ReadOnlyMemory<byte> pushBack = default,
        CancellationToken cancellationToken = default)
    {
        var release = new Release(_handle, target) { Within = within, Attachment = attachment, PushBack = pushBack };
        if (!ReferenceEquals(Transport, this))
        {
            return new(ResultCode.EEMODENOTSUPP,
                "a middleware, such as TLS, is between the connection and its bytes");
        }

        var leaving = new Leaving(release);
        if (Interlocked.CompareExchange(ref _leaving, leaving, null) is not null)
            return new(ResultCode.EEBUSY, "it is being released, or was");
        if (Volatile.Read(ref _end) is { } end) leaving.Outcome.TrySetResult(Refusal(end));

        // Both by the owner, so that the one comes after the other.
        _owner.Tell(new KestrelOwner.TakeOut(this, release), ActorRefs.NoSender);
        await using var revoking = cancellationToken.Register(
            () => _owner.Tell(new Revoke(_handle, release), ActorRefs.NoSender));
        return await leaving.Outcome.Task;
    }

    // By the owner, as all that follows.
    public void Answer(Release release, SocketResult result)
    {
        if (Volatile.Read(ref _leaving) is not { } leaving || leaving.Release != release) return;
        if (!result.IsSuccess) Volatile.Write(ref _leaving, null);
        leaving.Outcome.TrySetResult(result);
    }

    public void RequestClose() => _features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();

    public void Close() => _handle.Socket.Tell(new Close(_handle), _owner);

    public void End(SocketResult result)
    {
        // Before it looks who waits, as whoever begins to wait looks at this afterwards.
        Interlocked.Exchange(ref _end, result);
        if (Volatile.Read(ref _leaving) is { } leaving) leaving.Outcome.TrySetResult(Refusal(result));
        Trip();
    }

    // What a failed read is to Kestrel; null is the end of the input.
    public Exception? Translate(SocketFailedException failed) => failed.Code switch
    {
        // Also a moment before the owner has heard of its release.
        ResultCode.EESECURITY when Volatile.Read(ref _leaving) is not null => null,
        ResultCode.EESECURITY => new ConnectionAbortedException(
            (Volatile.Read(ref _end) ?? failed.Result).ToString(), failed),
        ResultCode.EEBADF or ResultCode.EEABORTED => new ConnectionAbortedException(failed.Message, failed),
        _ => new ConnectionResetException(failed.Message, failed),
    };

    private static SocketResult Refusal(SocketResult end) =>
        end.IsSuccess ? SocketResult.Of(ResultCode.EEBADF) : end;

    // Once, and on the thread pool: it runs what requests have registered.
    private void Trip()
    {
        if (Volatile.Read(ref _tripping) is not null) return;
        lock (_closed) _tripping ??= _closed.CancelAsync();
    }

    private void AddFeatures()
    {
        _features.Set<IConnectionIdFeature>(this);
        _features.Set<IConnectionTransportFeature>(this);
        _features.Set<IConnectionItemsFeature>(this);
        _features.Set<IConnectionLifetimeFeature>(this);
        _features.Set<IConnectionEndPointFeature>(this);
        _features.Set<IMemoryPoolFeature>(this);
        _features.Set<IHandoffFeature>(this);
    }

    private sealed record Leaving(Release Release)
    {
        public TaskCompletionSource<SocketResult> Outcome { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
