using System.Net;
using Handoff.Transport.Engine.Paths;

namespace Handoff.Transport.Engine.Linux;

/// <summary>
/// Sockets by the system calls of Linux, on loops of our own (<c>epoll(7)</c>, edge-triggered). A descriptor comes in
/// and goes out open, which .NET's sockets do not allow. Descriptors are closed on exec, streams send without delay
/// (TCP_NODELAY), no socket is of both IP versions.
/// </summary>
/// <remarks>
/// What awaits a socket of this engine goes on on its loop, unless its scheduler says otherwise; a loop that is held
/// up there moves no other socket's bytes meanwhile, which <see cref="LinuxEngineOptions.Stalled"/> tells.
/// </remarks>
public sealed class LinuxEngine : IEngine, IDatagramEngine, IRecordEngine, IAsyncDisposable, IDisposable
{
    private readonly EventLoop[] _loops;
    private readonly LoopWatch? _watch;
    private uint _placed;

    /// <summary>Starts the loops.</summary>
    /// <param name="options">How many, and where.</param>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    /// <exception cref="ArgumentException">A loop cannot run on its processor.</exception>
    /// <exception cref="SocketFailedException"><see cref="ResultCode.EENOSOCKS"/>: no descriptor is left.</exception>
    public LinuxEngine(LinuxEngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!IsSupported) throw new PlatformNotSupportedException("The Linux engine runs on Linux only.");
        var limit = options.DescriptorLimit ?? DescriptorReserve.Limit();
        Reserve = new(options.ReservedDescriptors, limit, DescriptorReserve.Next());
        _loops = new EventLoop[options.Loops];
        try
        {
            for (var i = 0; i < _loops.Length; i++) _loops[i] = Start(i, options, Reserve);
        }
        catch
        {
            foreach (var loop in _loops) loop?.Stop();
            throw;
        }

        if (options is { StallAfter: { } after, Stalled: { } stalled })
            _watch = new LoopWatch(_loops, after, stalled, options.TimeProvider);
    }

    /// <summary>Whether this engine runs here.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    internal IReadOnlyList<EventLoop> Loops => _loops;

    internal DescriptorReserve Reserve { get; }

    /// <inheritdoc/>
    public SocketOr<IListenSocket> Listen(EndPoint endPoint, int backlog)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(backlog, 1);
        if (SocketName.FamilyOf(endPoint) is not { } family) return ResultCode.EEBADADDR;
        var (descriptor, code) = Opening.Open(family);
        if (descriptor is null) return code;
        using (descriptor)
        {
            code = Opening.Bind(descriptor.Number, endPoint);
            if (code is not ResultCode.EESUCCESS) return code;
            var file = BoundPath.Of(endPoint);
            code = Opening.Listen(descriptor.Number, backlog);
            var local = code is ResultCode.EESUCCESS ? SocketName.OfLocal(descriptor.Number) : null;
            if (local is not null)
                return new LinuxListenSocket(this, Place(descriptor.Take(), isShared: false), local, file);
            file?.Remove();
            return code is ResultCode.EESUCCESS ? ResultCode.EEGETSOCKNAME : code;
        }
    }

    /// <inheritdoc/>
    public ValueTask<SocketOr<IStreamSocket>> ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken) =>
        ConnectAsync(endPoint, local: null, timeout, timeProvider, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<SocketOr<IStreamSocket>> ConnectAsync(
        EndPoint endPoint,
        EndPoint? local,
        TimeSpan timeout,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (SocketName.FamilyOf(endPoint) is not { } family) return ResultCode.EEBADADDR;
        if (local is not null && SocketName.FamilyOf(local) != family) return ResultCode.EEBADADDR;
        if (cancellationToken.IsCancellationRequested) return ResultCode.EEINTR;
        var (opened, code) = Opening.Open(family);
        if (opened is null) return code;
        using (opened)
        {
            if (Reserve.Has(opened.Number)) return ResultCode.EENOSOCKS;
            if (local is not null) code = Opening.Bind(opened.Number, local);
            if (code is not ResultCode.EESUCCESS) return code;
            var file = local is null ? null : BoundPath.Of(local);
            var begun = family == Native.FamilyUnix
                ? await KnockAsync(opened.Number, endPoint, timeout, timeProvider, cancellationToken)
                    .ConfigureAwait(false)
                : Begun(Opening.Connect(opened.Number, endPoint), local);
            if (begun is not (ResultCode.EESUCCESS or ResultCode.EEALREADY))
            {
                file?.Remove();
                return begun;
            }

            var descriptor = Place(opened.Take(), isShared: false);
            if (begun is ResultCode.EEALREADY)
                code = await ConnectedAsync(descriptor, timeout, timeProvider, cancellationToken)
                    .ConfigureAwait(false);
            if (code is ResultCode.EESUCCESS) return Connected(descriptor, family, file);
            descriptor.Close();
            return code;
        }
    }

    /// <inheritdoc/>
    public SocketOr<IDatagramSocket> OpenDatagram(EndPoint? local, EndPoint? remote, DatagramOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return DatagramOpening.Open(this, local, remote, options);
    }

    /// <inheritdoc/>
    public SocketOr<IRecordListenSocket> ListenRecords(EndPoint endPoint, int backlog)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(backlog, 1);
        return RecordOpening.Listen(this, endPoint, backlog);
    }

    /// <inheritdoc/>
    public ValueTask<SocketOr<IDatagramSocket>> ConnectRecordsAsync(
        EndPoint endPoint, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        return RecordOpening.ConnectAsync(this, endPoint, timeout, timeProvider, cancellationToken);
    }

    /// <summary>Stops the loops; sockets that are still open are closed, and their calls end with
    /// <see cref="ResultCode.EEBADF"/>. Idempotent.</summary>
    public void Dispose()
    {
        _watch?.Dispose();
        foreach (var loop in _loops) loop.Stop();
    }

    /// <summary>As <see cref="Dispose"/>, and waits until the loops have ended. Not to be awaited on a loop.</summary>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        await Task.WhenAll(_loops.Select(loop => loop.Ended)).ConfigureAwait(false);
    }

    // A connected stream socket that comes from elsewhere: from another process, or out of another engine.
    internal SocketOr<IStreamSocket> Adopt(SocketDescriptor descriptor)
    {
        var isIdle = Adoption.IsIdleStream(descriptor);
        return isIdle ? ResultCode.EENOTCONN : Adopt(descriptor, local: null, remote: null);
    }

    // Also one that has ended on its way here: then it has no addresses but those that it had.
    internal SocketOr<IStreamSocket> Adopt(SocketDescriptor descriptor, EndPoint? local, EndPoint? remote) =>
        Adoption.OfStream(this, descriptor, local, remote);

    internal SocketOr<IListenSocket> AdoptListener(SocketDescriptor descriptor) =>
        Adoption.OfListener(this, descriptor);

    internal SocketOr<IDatagramSocket> AdoptDatagrams(
        SocketDescriptor descriptor, EndPoint? local, EndPoint? remote) =>
        Adoption.OfDatagrams(this, descriptor, local, remote);

    internal SocketOr<IDatagramSocket> AdoptRecords(
        SocketDescriptor descriptor, EndPoint? local, EndPoint? remote) =>
        Adoption.OfRecords(this, descriptor, local, remote);

    internal SocketOr<IRecordListenSocket> AdoptRecordListener(SocketDescriptor descriptor) =>
        Adoption.OfRecordListener(this, descriptor);

    internal Descriptor Place(int number, bool isShared) =>
        new(number, _loops[Interlocked.Increment(ref _placed) % (uint)_loops.Length], isShared);

    private static EventLoop Start(int index, LinuxEngineOptions options, DescriptorReserve reserve)
    {
        var processors = options.Processors;
        int? processor = processors.Count > 0 ? processors[index % processors.Count] : null;
        var (loop, code) = EventLoop.Start(index, processor, options.PollsBeforeSleep, reserve);
        return loop ?? throw new SocketFailedException(new SocketResult(code, "An event loop could not be made."));
    }

    // EEALREADY: it is under way, and the descriptor becomes writable when it ends.
    private static ResultCode Begun(Errno error, EndPoint? local) => error switch
    {
        Errno.None => ResultCode.EESUCCESS,
        Errno.InProgress => ResultCode.EEALREADY,

        // Of the two addresses together there is a connection already.
        Errno.AddressNotAvailable when local is not null => ResultCode.EEADDRINUSE,
        _ => Errors.OfConnect(error),
    };

    // A Unix socket connects at once or not at all.
    internal static async ValueTask<ResultCode> KnockAsync(
        int number,
        EndPoint endPoint,
        TimeSpan timeout,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var error = Opening.Connect(number, endPoint);
        if (error is not Errno.TryAgain) return Errors.OfKnock(error);
        using var turns = new Turns(timeout, timeProvider, cancellationToken);
        while (true)
        {
            if (await turns.NextAsync().ConfigureAwait(false) is { } over) return over;
            error = Opening.Connect(number, endPoint);
            if (error is not Errno.TryAgain) return Errors.OfKnock(error);
        }
    }

    // Waits until a connect that is under way has ended; cancelled, or too late, it closes the descriptor.
    internal static async ValueTask<ResultCode> ConnectedAsync(
        Descriptor descriptor, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        ResultCode code;
        await using (either.Token.UnsafeRegister(
            static waiting => ((Descriptor)waiting!).Close(), descriptor).ConfigureAwait(false))
        {
            var ready = await descriptor.WaitWritableAsync().ConfigureAwait(false);
            code = ready.IsSuccess ? OutcomeOf(descriptor) : ready.Code;
        }

        if (!descriptor.IsClosed) return code;
        if (cancellationToken.IsCancellationRequested) return ResultCode.EEINTR;
        return late.IsCancellationRequested ? ResultCode.EETIMEDOUT : code;
    }

    private static ResultCode OutcomeOf(Descriptor descriptor)
    {
        if (!descriptor.TryEnter()) return ResultCode.EEBADF;
        var error = SocketOptions.TakeError(descriptor.Number);
        descriptor.Leave();
        return error is Errno.None ? ResultCode.EESUCCESS : Errors.OfConnect(error);
    }

    private static SocketOr<IStreamSocket> Connected(Descriptor descriptor, int family, BoundPath? file)
    {
        if (!descriptor.TryEnter()) return ResultCode.EEBADF;
        var connected = Stream(descriptor, family, file);
        descriptor.Leave();
        return connected;
    }

    private static LinuxStreamSocket Stream(Descriptor descriptor, int family, BoundPath? file)
    {
        var (local, remote) = (SocketName.OfLocal(descriptor.Number), SocketName.OfPeer(descriptor.Number));
        return new LinuxStreamSocket(descriptor, family, local, remote) { File = file };
    }
}
