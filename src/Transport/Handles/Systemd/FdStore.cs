using System.Net.Sockets;
using System.Text;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Transport.Handles.Systemd;

// What a service tells its service manager: datagrams to the socket that NOTIFY_SOCKET names (sd_notify(3)). One call
// at a time; each waits for room no longer than handoff.handles.send-timeout.
internal sealed class FdStore : IDisposable
{
    public const string Variable = "NOTIFY_SOCKET";

    // Of a name: sd_pid_notify_with_fds(3).
    public const int LongestName = 255;

    private readonly LinuxEngine _engine;
    private readonly ControlSocket _socket;
    private readonly HandleOptions _options;

    private FdStore(LinuxEngine engine, ControlSocket socket, HandleOptions options)
    {
        _engine = engine;
        _socket = socket;
        _options = options;
    }

    // As the environment of this process says. Null with success: there is no service manager that wants to hear.
    public static (FdStore? Store, SocketResult Result) Open(LinuxEngine engine, HandleOptions options) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } where
            ? Open(engine, where, options)
            : (null, SocketResult.Success);

    // A path, or an abstract name behind an '@'. EEBADADDR: neither; else why it cannot be reached.
    public static unsafe (FdStore? Store, SocketResult Result) Open(
        LinuxEngine engine, string where, HandleOptions options)
    {
        if (AddressOf(where) is not { } address)
            return (null, new(ResultCode.EEBADADDR, $"{Variable} is '{where}', neither a path nor an abstract name"));
        const int Type = Native.DatagramSocket | Native.NonBlocking | Native.CloseOnExec;
        var number = SystemCalls.Socket(Native.FamilyUnix, Type, 0);
        if (number < 0) return (null, SocketResult.Of(Errors.OfSocket(Errors.Last)));
        using var descriptor = new SocketDescriptor(number);
        var error = Opening.Connect(number, address);
        if (error is not Errno.None) return (null, new(DatagramErrors.OfConnect(error), $"{where} ({error})"));

        // It is only sent to.
        var (socket, code) = ControlSocket.Adopt(engine, descriptor, options, PeerRule.SameUser);
        return socket is null
            ? (null, SocketResult.Of(code))
            : (new FdStore(engine, socket, options), SocketResult.Success);
    }

    public ValueTask<SocketResult> ReadyAsync() => SendAsync("READY=1", []);

    public ValueTask<SocketResult> StoppingAsync() => SendAsync("STOPPING=1", []);

    // The manager keeps copies, up to its FileDescriptorStoreMax=, and passes them to the next start of the service as
    // LISTEN_FDS under this name. It drops what has hung up unless it is told not to look. EEBADDATA: no name.
    public ValueTask<SocketResult> StoreAsync(string name, IReadOnlyList<SocketDescriptor> sockets, bool isWatched)
    {
        if (sockets.Count == 0) throw new ArgumentException("There is nothing to store.", nameof(sockets));
        var text = $"FDSTORE=1\nFDNAME={name}" + (isWatched ? "" : "\nFDPOLL=0");
        return IsName(name) ? SendAsync(text, sockets) : new(NoName(name));
    }

    // All of this name.
    public ValueTask<SocketResult> RemoveAsync(string name) =>
        IsName(name) ? SendAsync($"FDSTOREREMOVE=1\nFDNAME={name}", []) : new(NoName(name));

    // Waits until the manager has dealt with all that it was sent before: it closes the end of a pipe then.
    public async ValueTask<SocketResult> BarrierAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        var (read, write, code) = Pipe();
        if (read is null || write is null) return SocketResult.Of(code);
        using (read)
        {
            SocketResult sent;
            using (write) sent = await SendAsync("BARRIER=1", [write]).ConfigureAwait(false);
            if (!sent.IsSuccess) return sent;
            var end = _engine.Place(read.Take(), isShared: true);
            try
            {
                return SocketResult.Of(await ClosedAsync(end, within, cancellationToken).ConfigureAwait(false));
            }
            finally
            {
                end.Close();
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask<ResultCode> ClosedAsync(
        Descriptor end, TimeSpan within, CancellationToken cancellationToken)
    {
        var bound = new Bound(within, _options.TimeProvider);
        using var wait = new BoundedWait(
            end, _options.TimeProvider, static one => one.WaitReadableAsync(), static one => one.Interrupt());
        while (true)
        {
            var waited = await wait.WaitAsync(bound, cancellationToken).ConfigureAwait(false);
            if (waited is not ResultCode.EESUCCESS || IsClosed(end.Number)) return waited;
        }
    }

    // By its other side.
    private static unsafe bool IsClosed(int pipe)
    {
        var entry = new PollEntry { Descriptor = pipe, Events = (ushort)Native.Readable };
        return SystemCalls.Poll(&entry, 1, 0) > 0;
    }

    private ValueTask<SocketResult> SendAsync(string text, IReadOnlyList<SocketDescriptor> descriptors) =>
        _socket.SendAsync(Encoding.ASCII.GetBytes(text), descriptors, CancellationToken.None);

    private static UnixDomainSocketEndPoint? AddressOf(string where)
    {
        try
        {
            return where switch
            {
                ['/', _, ..] => new UnixDomainSocketEndPoint(where),
                ['@', _, ..] => new UnixDomainSocketEndPoint($"\0{where[1..]}"),
                _ => null,
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return null; // longer than an address has room for
        }
    }

    // Printable ASCII without a colon: systemd stores what has another name as "stored".
    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && name.All(letter => letter is >= ' ' and <= '~' and not ':');

    private static SocketResult NoName(string name) =>
        new(ResultCode.EEBADDATA, $"'{name}' is no name: 1 to {LongestName} printable characters, no colon");

    private static unsafe (SocketDescriptor? Read, SocketDescriptor? Write, ResultCode Code) Pipe()
    {
        var ends = stackalloc int[2];
        return SystemCalls.Pipe(ends, Native.CloseOnExec | Native.NonBlocking) == 0
            ? (new SocketDescriptor(ends[0]), new SocketDescriptor(ends[1]), ResultCode.EESUCCESS)
            : (null, null, Errors.OfSocket(Errors.Last));
    }
}
