using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Kernel;

// The SCTP of the kernel, on the loops of the Linux engine: the back end "kernel".
internal sealed class KernelSctp(LinuxEngine engine, TimeProvider time) : ISctpBackend
{
    private static readonly Lazy<string?> Lack = new(KernelSctpOpening.WhyNotHere);

    // Why it cannot be used here, and what to do; null where it can.
    public static string? Missing => Lack.Value;

    public string Name => "kernel";

    public SctpCapabilities Capabilities => SctpCapabilities.MultiHomed | SctpCapabilities.Rebinds
        | SctpCapabilities.TellsNext | SctpCapabilities.Encapsulates | SctpCapabilities.Passes;

    public LinuxEngine Engine => engine;

    public TimeProvider Time => time;

    public SocketOr<ISctpSocket> Open(IReadOnlyList<IPEndPoint> local, SctpSocketOptions options)
    {
        var (opened, addresses, code) = KernelSctpOpening.Open(engine, SctpStyle.OneToMany, local, options);
        if (opened is null) return code;
        var descriptor = engine.Place(opened.Take(), isShared: false);
        return new KernelSctpSocket(this, descriptor, SctpStyle.OneToMany, default, addresses, options.Events);
    }

    public SocketOr<ISctpListenSocket> Listen(
        IReadOnlyList<IPEndPoint> local, int backlog, SctpSocketOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(backlog, 1);
        var (opened, addresses, code) = KernelSctpOpening.Open(engine, SctpStyle.OneToOne, local, options);
        if (opened is null) return code;
        using (opened)
        {
            code = Opening.Listen(opened.Number, backlog);
            if (code is not ResultCode.EESUCCESS) return code;
            return new KernelSctpListener(
                this, engine.Place(opened.Take(), isShared: false), addresses, options.Events);
        }
    }

    public async ValueTask<SocketOr<ISctpSocket>> ConnectAsync(
        IReadOnlyList<IPEndPoint> remote,
        IReadOnlyList<IPEndPoint> local,
        SctpSocketOptions options,
        TimeSpan timeout,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        if (remote.Count == 0) return ResultCode.EENOADDR;
        if (SctpRules.Obstacle(remote) is not null || remote[0].Port == 0) return ResultCode.EEBADADDR;
        if (cancellationToken.IsCancellationRequested) return ResultCode.EEINTR;
        var (opened, code) = KernelSctpOpening.OpenFor(engine, remote, local, options);
        if (opened is null) return code;
        using (opened)
        {
            var error = KernelCalls.Connect(opened.Number, remote).Error;
            if (error is not (Errno.None or Errno.InProgress)) return KernelSctpOpening.OfConnect(error);
            var descriptor = engine.Place(opened.Take(), isShared: false);
            if (error is Errno.InProgress)
                code = await LinuxEngine.ConnectedAsync(descriptor, timeout, timeProvider, cancellationToken)
                    .ConfigureAwait(false);
            if (code is ResultCode.EESUCCESS && Connected(descriptor, [], options.Events) is { } connected)
                return connected;
            descriptor.Close();
            return code is ResultCode.EESUCCESS ? ResultCode.EEBADF : code;
        }
    }

    // An association, peeled off or one-to-one, that comes from another process or out of another engine, with what
    // nobody received of it. What does not fit stays the caller's: EEMODENOTSUPP (no SCTP), EEISLISTEN, EENOTCONN (it
    // has ended, or there is not one of it), EENONBLOCK, EEGETSOCKNAME, EESETSOCKOPT.
    public SocketOr<ISctpSocket> Adopt(SocketDescriptor descriptor) => KernelSctpAdoption.Of(this, descriptor);

    // One-to-one style, connected or accepted. Its id is that of the only association it has; one that has ended
    // already has none any more. Null if it is closed.
    public KernelSctpSocket? Connected(
        Descriptor descriptor, IReadOnlyList<IPEndPoint> local, SctpEventKinds events)
    {
        if (!descriptor.TryEnter()) return null;
        var status = KernelCalls.Status(descriptor.Number, default).Value;
        var association = status?.Association ?? default;
        var addresses = KernelCalls.Addresses(descriptor.Number, Numbers.LocalAddresses, association).Value;
        descriptor.Leave();
        return new KernelSctpSocket(
            this, descriptor, SctpStyle.OneToOne, association, addresses ?? local, events)
        {
            Primary = status?.Primary,
        };
    }
}
