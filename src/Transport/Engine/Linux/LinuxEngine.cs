using System.Net;

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
public sealed class LinuxEngine : IEngine, IDatagramEngine, IAsyncDisposable, IDisposable
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
        if (endPoint is not IPEndPoint address) return ResultCode.EEBADADDR;
        var (descriptor, code) = Open(address);
        if (descriptor is null) return code;
        using (descriptor)
        {
            code = Listen(descriptor.Number, address, backlog);
            if (code is not ResultCode.EESUCCESS) return code;
            var local = SocketName.OfLocal(descriptor.Number);
            if (local is null) return ResultCode.EEGETSOCKNAME;
            return new LinuxListenSocket(this, Place(descriptor.Take(), isShared: false), local);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<SocketOr<IStreamSocket>> ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (endPoint is not IPEndPoint address) return ResultCode.EEBADADDR;
        if (cancellationToken.IsCancellationRequested) return ResultCode.EEINTR;
        var (opened, code) = Open(address);
        if (opened is null) return code;
        if (Reserve.Has(opened.Number))
        {
            opened.Dispose();
            return ResultCode.EENOSOCKS;
        }

        var begun = Connect(opened.Number, address);
        var descriptor = Place(opened.Take(), isShared: false);
        if (begun is Errno.InProgress)
            code = await ConnectedAsync(descriptor, timeout, timeProvider, cancellationToken).ConfigureAwait(false);
        else
            code = begun is Errno.None ? ResultCode.EESUCCESS : Errors.OfConnect(begun);
        if (code is ResultCode.EESUCCESS) return Connected(descriptor);
        descriptor.Close();
        return code;
    }

    /// <inheritdoc/>
    public SocketOr<IDatagramSocket> OpenDatagram(EndPoint? local, EndPoint? remote, DatagramOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return DatagramOpening.Open(this, local, remote, options);
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
        var number = descriptor.Number;
        if (!IsStream(number, out var isListening)) return ResultCode.EEMODENOTSUPP;
        if (isListening) return ResultCode.EEISLISTEN;
        var remote = SocketName.OfPeer(number);
        if (remote is null) return ResultCode.EENOTCONN;
        SocketOptions.CloseGracefully(number);
        var local = SocketName.OfLocal(number);
        return new LinuxStreamSocket(Place(descriptor.Take(), isShared: true), local, remote);
    }

    internal SocketOr<IListenSocket> AdoptListener(SocketDescriptor descriptor)
    {
        var number = descriptor.Number;
        if (!IsStream(number, out var isListening)) return ResultCode.EEMODENOTSUPP;
        if (!isListening) return ResultCode.EENOTLISTN;
        var local = SocketName.OfLocal(number);
        if (local is null) return ResultCode.EEGETSOCKNAME;
        return new LinuxListenSocket(this, Place(descriptor.Take(), isShared: true), local);
    }

    internal Descriptor Place(int number, bool isShared) =>
        new(number, _loops[Interlocked.Increment(ref _placed) % (uint)_loops.Length], isShared);

    private static EventLoop Start(int index, LinuxEngineOptions options, DescriptorReserve reserve)
    {
        var processors = options.Processors;
        int? processor = processors.Count > 0 ? processors[index % processors.Count] : null;
        var (loop, code) = EventLoop.Start(index, processor, options.PollsBeforeSleep, reserve);
        return loop ?? throw new SocketFailedException(new SocketResult(code, "An event loop could not be made."));
    }

    private static bool IsStream(int number, out bool isListening)
    {
        isListening = SocketOptions.TryGet(number, Native.SocketLevel, Native.IsListening, out var listens)
            && listens != 0;
        return SocketOptions.TryGet(number, Native.SocketLevel, Native.SocketType, out var type)
            && type == Native.StreamSocket;
    }

    private static SocketOr<SocketDescriptor> Open(IPEndPoint address)
    {
        const int Type = Native.StreamSocket | Native.NonBlocking | Native.CloseOnExec;
        var family = SocketName.Family(address);
        var number = SystemCalls.Socket(family, Type, Native.TcpLevel);
        if (number < 0) return Errors.OfSocket(Errors.Last);
        var descriptor = new SocketDescriptor(number);

        // Accepted sockets have it from their listener.
        if (SocketOptions.TrySet(number, Native.TcpLevel, Native.NoDelay, 1)
            && (family != Native.FamilyIPv6
                || SocketOptions.TrySet(number, Native.IPv6Level, Native.IPv6Only, 1)))
            return descriptor;
        descriptor.Dispose();
        return ResultCode.EESETSOCKOPT;
    }

    private static unsafe ResultCode Listen(int number, IPEndPoint address, int backlog)
    {
        if (!SocketOptions.TrySet(number, Native.SocketLevel, Native.ReuseAddress, 1)) return ResultCode.EESETSOCKOPT;
        var name = SocketName.Write(address);
        fixed (byte* start = name)
        {
            if (SystemCalls.Bind(number, start, name.Length) != 0) return Errors.OfBind(Errors.Last);
        }

        return SystemCalls.Listen(number, backlog) == 0 ? ResultCode.EESUCCESS : Errors.OfListen(Errors.Last);
    }

    private static unsafe Errno Connect(int number, IPEndPoint address)
    {
        var name = SocketName.Write(address);
        fixed (byte* start = name)
        {
            return SystemCalls.Connect(number, start, name.Length) == 0 ? Errno.None : Errors.Last;
        }
    }

    private static async ValueTask<ResultCode> ConnectedAsync(
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

    private static SocketOr<IStreamSocket> Connected(Descriptor descriptor)
    {
        if (!descriptor.TryEnter()) return ResultCode.EEBADF;
        var local = SocketName.OfLocal(descriptor.Number);
        var remote = SocketName.OfPeer(descriptor.Number);
        descriptor.Leave();
        return new LinuxStreamSocket(descriptor, local, remote);
    }
}
