namespace Handoff.Transport.Engine.Linux;

// Looks at bytes without taking them (MSG_PEEK), each once, and takes them when they are consumed. The system keeps
// the place where it looks on from (SO_PEEK_OFF, for TCP since Linux 6.10); where it does not, those that were seen
// are looked at again.
internal sealed unsafe class DurableReads(int family, bool mayKeepPlace = true)
{
    // Bytes that were received together stay in memory together until the last of them is taken (an skb of 17 pieces
    // of 32 KiB): a few that are left could fill what a new connection has for all, and nothing more would ever come.
    private const int LeastRoom = 1024 * 1024;
    private const int PieceOfScratch = 16 * 1024;

    private readonly Lock _gate = new();
    private bool _hasPlace;
    private long _seen;

    public void Begin(int descriptor, int bytes)
    {
        lock (_gate)
        {
            _seen = 0;
            _hasPlace = mayKeepPlace && SocketOptions.TrySet(descriptor, Native.SocketLevel, Native.PeekPlace, 0);
            if (family is not Native.FamilyUnix) MakeRoom(descriptor, Math.Max(LeastRoom, bytes));
        }
    }

    // The next bytes that were not seen; 0 for the peer's FIN.
    public nint Receive(int descriptor, Span<byte> buffer, out Errno error)
    {
        lock (_gate)
        {
            var count = _hasPlace ? See(descriptor, buffer, out error) : SeeOn(descriptor, buffer, out error);
            if (count > 0) _seen += count;
            return count;
        }
    }

    public void Discard(int descriptor, long bytes)
    {
        lock (_gate) Drop(descriptor, bytes);
    }

    public void End(int descriptor)
    {
        lock (_gate)
        {
            Drop(descriptor, _seen);
            if (_hasPlace) SocketOptions.TrySet(descriptor, Native.SocketLevel, Native.PeekPlace, -1);
        }
    }

    // SO_RCVLOWAT makes room for as much as it is to wait for, at most half of what net.ipv4.tcp_rmem allows, and does
    // not take it back; SO_RCVBUF would be bounded by net.core.rmem_max.
    private static void MakeRoom(int descriptor, int bytes)
    {
        SocketOptions.TrySet(descriptor, Native.SocketLevel, Native.ReceiveLeast, bytes);
        SocketOptions.TrySet(descriptor, Native.SocketLevel, Native.ReceiveLeast, 1);
    }

    // What was seen is there; a connection that was reset meanwhile has nothing any more.
    private void Drop(int descriptor, long bytes)
    {
        var isTcp = family is not Native.FamilyUnix;
        var scratch = stackalloc byte[isTcp ? 1 : PieceOfScratch];
        while (bytes > 0)
        {
            // tcp(7): MSG_TRUNC takes bytes and copies none.
            var most = isTcp ? (nuint)bytes : (nuint)Math.Min(bytes, PieceOfScratch);
            var flags = Native.DontWait | (isTcp ? Native.Truncated : 0);
            var count = SystemCalls.Receive(descriptor, isTcp ? null : scratch, most, flags);
            if (count < 0 && Errors.Now is Errno.Interrupted) continue;
            if (count <= 0) return;
            bytes -= count;
            _seen -= count;
        }
    }

    // From the first byte on, past those that were seen.
    private nint SeeOn(int descriptor, Span<byte> buffer, out Errno error)
    {
        var seen = new byte[_seen];
        fixed (byte* first = seen, second = buffer)
        {
            var vectors = stackalloc IoVector[2];
            vectors[0] = new IoVector { Base = first, Length = (nuint)seen.Length };
            vectors[1] = new IoVector { Base = second, Length = (nuint)buffer.Length };
            var header = new MessageHeader { Vectors = vectors, VectorCount = 2 };
            nint count;
            do
            {
                count = SystemCalls.ReceiveMessage(descriptor, &header, Native.DontWait | Native.Peek);
                error = count < 0 ? Errors.Now : Errno.None;
            }
            while (error is Errno.Interrupted);
            if (count <= 0) return count;
            if (count > _seen) return (nint)(count - _seen);
            if (HasFinished(descriptor)) return 0;
            error = Errno.TryAgain;
            return -1;
        }
    }

    private static nint See(int descriptor, Span<byte> buffer, out Errno error)
    {
        nint count;
        do
        {
            fixed (byte* start = buffer)
            {
                const int Flags = Native.Peek | Native.DontWait;
                count = SystemCalls.Receive(descriptor, start, (nuint)buffer.Length, Flags);
            }

            error = count < 0 ? Errors.Now : Errno.None;
        }
        while (error is Errno.Interrupted);
        return count;
    }

    private static bool HasFinished(int descriptor)
    {
        var entry = new PollEntry { Descriptor = descriptor, Events = (ushort)Native.PeerFinished };
        return SystemCalls.Poll(&entry, 1, 0) > 0;
    }
}
