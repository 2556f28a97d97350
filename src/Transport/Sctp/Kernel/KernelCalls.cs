using System.Net;
using System.Runtime.InteropServices;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Kernel;

// The calls of RFC 6458 that lksctp makes of setsockopt(2) and getsockopt(2).
internal static unsafe class KernelCalls
{
    private const int LeastAddresses = 2048;
    private const int MostAddresses = 1 << 20;

    // sctp_bindx: all or none.
    public static Errno BindAlso(int number, IReadOnlyList<IPEndPoint> addresses, SctpBinding binding)
    {
        var name = binding is SctpBinding.Add ? Numbers.BindAdd : Numbers.BindRemove;
        var list = AddressList.Write(addresses);
        fixed (byte* start = list)
        {
            return SystemCalls.SetOption(number, Numbers.Level, name, start, list.Length) == 0
                ? Errno.None
                : Errors.Last;
        }
    }

    // sctp_connectx: the id is told also of one that is under way (InProgress).
    public static (SctpAssociationId Association, Errno Error) Connect(int number, IReadOnlyList<IPEndPoint> peer)
    {
        var list = AddressList.Write(peer);
        fixed (byte* start = list)
        {
            var arguments = new ConnectArguments { Size = list.Length, Addresses = start };
            var length = sizeof(ConnectArguments);
            var error = SystemCalls.GetOption(number, Numbers.Level, Numbers.Connect, &arguments, &length) == 0
                ? Errno.None
                : Errors.Last;
            return (new SctpAssociationId(arguments.Association), error);
        }
    }

    // sctp_peeloff_flags. The result is the new descriptor: 0 or more is success, and it is the caller's.
    public static SocketOr<SocketDescriptor> PeelOff(int number, SctpAssociationId association)
    {
        var arguments = stackalloc int[] { association.Value, -1, Native.NonBlocking | Native.CloseOnExec };
        var length = 3 * sizeof(int);
        var peeled = SystemCalls.GetOption(number, Numbers.Level, Numbers.PeelOffFlags, arguments, &length);
        if (peeled >= 0) return new SocketDescriptor(peeled);
        return Errors.Last is Errno.NoSuchOption
            ? PeelOffPlainly(number, association)
            : OfPeelOff(Errors.Last);
    }

    // sctp_peeloff, as kernels before 4.13 have it alone.
    public static SocketOr<SocketDescriptor> PeelOffPlainly(int number, SctpAssociationId association)
    {
        var arguments = stackalloc int[] { association.Value, -1 };
        var length = 2 * sizeof(int);
        var peeled = SystemCalls.GetOption(number, Numbers.Level, Numbers.PeelOff, arguments, &length);
        if (peeled < 0) return OfPeelOff(Errors.Last);
        var descriptor = new SocketDescriptor(peeled);
        if (SystemCalls.Control(peeled, Native.SetDescriptorFlags, Native.ClosedOnExec) == 0
            && SocketOptions.SetNonBlocking(peeled, isOn: true) is Errno.None) return descriptor;
        descriptor.Dispose();
        return ResultCode.EENONBLOCK;
    }

    public static ResultCode OfPeelOff(Errno error) => error switch
    {
        Errno.BadDescriptor => ResultCode.EEBADF,
        Errno.NotASocket or Errno.NotSupported or Errno.NoSuchOption => ResultCode.EENOTSOCK,
        Errno.Busy => ResultCode.EEBUSY,
        Errno.TooManyFiles or Errno.FileTableFull or Errno.NoBuffers or Errno.NoMemory => ResultCode.EENOSOCKS,
        _ => ResultCode.EEINVAL,
    };

    // sctp_getpaddrs, sctp_getladdrs: struct sctp_getaddrs, the id and the count, then the addresses.
    public static SctpOr<IReadOnlyList<IPEndPoint>> Addresses(int number, int name, SctpAssociationId association)
    {
        const int Header = 8;
        for (var size = LeastAddresses; size <= MostAddresses; size *= 8)
        {
            var bytes = new byte[size];
            MemoryMarshal.Write(bytes, association.Value);
            fixed (byte* start = bytes)
            {
                var length = size;
                if (SystemCalls.GetOption(number, Numbers.Level, name, start, &length) == 0)
                    return SctpOr<IReadOnlyList<IPEndPoint>>.Of(
                        AddressList.Read(bytes.AsSpan(Header), MemoryMarshal.Read<int>(bytes.AsSpan(4))));
            }

            // There are more than fit.
            if (Errors.Last is not Errno.NoMemory) return OfAssociation(Errors.Last);
        }

        return ResultCode.EENOSOCKS;
    }

    // struct sctp_status; its last part is struct sctp_paddrinfo.
    public static SctpOr<SctpStatus> Status(int number, SctpAssociationId association)
    {
        const int Size = 176, PrimaryAt = 28;
        var bytes = stackalloc byte[Size];
        var all = new Span<byte>(bytes, Size);
        all.Clear();
        MemoryMarshal.Write(all, association.Value);
        var length = Size;
        if (SystemCalls.GetOption(number, Numbers.Level, Numbers.Status, bytes, &length) != 0)
            return OfAssociation(Errors.Last);
        return SctpOr<SctpStatus>.Of(new SctpStatus(
            new SctpAssociationId(MemoryMarshal.Read<int>(all)),
            StateOf(MemoryMarshal.Read<int>(all[4..])),
            MemoryMarshal.Read<uint>(all[8..]),
            MemoryMarshal.Read<ushort>(all[12..]),
            MemoryMarshal.Read<ushort>(all[14..]),
            MemoryMarshal.Read<ushort>(all[16..]),
            MemoryMarshal.Read<ushort>(all[18..]),
            MemoryMarshal.Read<uint>(all[20..]),
            AddressList.ReadOne(all.Slice(PrimaryAt, Native.LargestAddress))));
    }

    // The association of a socket that has this address of a peer (SCTP_GET_PEER_ADDR_INFO); null if it has none, and
    // default if a send began it and it is not up yet.
    public static SctpAssociationId? AssociationWith(int number, IPEndPoint peer)
    {
        const int Size = 152, AddressAt = 4;
        var bytes = stackalloc byte[Size];
        var all = new Span<byte>(bytes, Size);
        all.Clear();
        SocketName.Write(peer, all[AddressAt..]);
        var length = Size;
        return SystemCalls.GetOption(number, Numbers.Level, Numbers.PeerAddressInfo, bytes, &length) == 0
            ? new SctpAssociationId(MemoryMarshal.Read<int>(all))
            : null;
    }

    // struct sctp_event: of all associations, those to come too.
    public static bool TrySubscribe(int number, ushort type, bool isOn)
    {
        var bytes = stackalloc byte[8];
        var all = new Span<byte>(bytes, 8);
        all.Clear();
        MemoryMarshal.Write(all, Numbers.AllAssociations);
        MemoryMarshal.Write(all[4..], type);
        bytes[6] = isOn ? (byte)1 : (byte)0;
        return SystemCalls.SetOption(number, Numbers.Level, Numbers.Event, bytes, 8) == 0;
    }

    public static bool IsSubscribed(int number, ushort type)
    {
        var bytes = stackalloc byte[8];
        var all = new Span<byte>(bytes, 8);
        all.Clear();
        MemoryMarshal.Write(all[4..], type);
        var length = 8;
        return SystemCalls.GetOption(number, Numbers.Level, Numbers.Event, bytes, &length) == 0 && bytes[6] != 0;
    }

    private static ResultCode OfAssociation(Errno error) => error switch
    {
        Errno.BadDescriptor => ResultCode.EEBADF,
        Errno.NoMemory or Errno.NoBuffers => ResultCode.EENOSOCKS,
        _ => ResultCode.EEINVAL,
    };

    // enum sctp_sstat_state begins with SCTP_EMPTY.
    private static SctpState StateOf(int state) => state switch
    {
        2 => SctpState.CookieWait,
        3 => SctpState.CookieEchoed,
        4 => SctpState.Established,
        5 => SctpState.ShutdownPending,
        6 => SctpState.ShutdownSent,
        7 => SctpState.ShutdownReceived,
        8 => SctpState.ShutdownAckSent,
        _ => SctpState.Closed,
    };

    // struct sctp_getaddrs_old.
    [StructLayout(LayoutKind.Sequential)]
    private struct ConnectArguments
    {
        public int Association;
        public int Size;
        public byte* Addresses;
    }
}
