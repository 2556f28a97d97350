using System.Runtime.InteropServices;

namespace Handoff.Transport.Sctp.Usrsctp;

// usrsctp.h of 0.9.5. A struct socket is a pointer; errno is Errors.Last.
internal static unsafe partial class UsrsctpCalls
{
    public const string Library = "libusrsctp.so.2";

    [LibraryImport(Library, EntryPoint = "usrsctp_init")]
    public static partial void Init(ushort udpPort, void* output, void* print);

    [LibraryImport(Library, EntryPoint = "usrsctp_finish")]
    public static partial int Finish();

    [LibraryImport(Library, EntryPoint = "usrsctp_socket", SetLastError = true)]
    public static partial nint Socket(
        int family, int type, int protocol, void* receive, void* send, uint threshold, void* argument);

    [LibraryImport(Library, EntryPoint = "usrsctp_bindx", SetLastError = true)]
    public static partial int Bind(nint socket, byte* addresses, int count, int flags);

    [LibraryImport(Library, EntryPoint = "usrsctp_listen", SetLastError = true)]
    public static partial int Listen(nint socket, int backlog);

    [LibraryImport(Library, EntryPoint = "usrsctp_accept", SetLastError = true)]
    public static partial nint Accept(nint socket, byte* address, uint* length);

    [LibraryImport(Library, EntryPoint = "usrsctp_connectx", SetLastError = true)]
    public static partial int Connect(nint socket, byte* addresses, int count, int* association);

    [LibraryImport(Library, EntryPoint = "usrsctp_getassocid", SetLastError = true)]
    public static partial int AssociationOf(nint socket, byte* address);

    [LibraryImport(Library, EntryPoint = "usrsctp_peeloff", SetLastError = true)]
    public static partial nint PeelOff(nint socket, int association);

    [LibraryImport(Library, EntryPoint = "usrsctp_close")]
    public static partial void Close(nint socket);

    [LibraryImport(Library, EntryPoint = "usrsctp_set_non_blocking", SetLastError = true)]
    public static partial int SetNonBlocking(nint socket, int isOn);

    [LibraryImport(Library, EntryPoint = "usrsctp_set_upcall", SetLastError = true)]
    public static partial int SetUpcall(
        nint socket, delegate* unmanaged<nint, nint, int, void> upcall, nint argument);

    [LibraryImport(Library, EntryPoint = "usrsctp_get_events")]
    public static partial int GetEvents(nint socket);

    [LibraryImport(Library, EntryPoint = "usrsctp_setsockopt", SetLastError = true)]
    public static partial int SetOption(nint socket, int level, int name, byte* value, uint length);

    [LibraryImport(Library, EntryPoint = "usrsctp_getsockopt", SetLastError = true)]
    public static partial int GetOption(nint socket, int level, int name, byte* value, uint* length);

    [LibraryImport(Library, EntryPoint = "usrsctp_getpaddrs", SetLastError = true)]
    public static partial int GetPeerAddresses(nint socket, int association, byte** addresses);

    [LibraryImport(Library, EntryPoint = "usrsctp_freepaddrs")]
    public static partial void FreePeerAddresses(byte* addresses);

    [LibraryImport(Library, EntryPoint = "usrsctp_getladdrs", SetLastError = true)]
    public static partial int GetLocalAddresses(nint socket, int association, byte** addresses);

    [LibraryImport(Library, EntryPoint = "usrsctp_freeladdrs")]
    public static partial void FreeLocalAddresses(byte* addresses);

    [LibraryImport(Library, EntryPoint = "usrsctp_sendv", SetLastError = true)]
    public static partial nint Send(
        nint socket, byte* bytes, nuint length, byte* to, int count, void* info, uint infoLength, uint infoType,
        int flags);

    [LibraryImport(Library, EntryPoint = "usrsctp_recvv", SetLastError = true)]
    public static partial nint Receive(
        nint socket, byte* bytes, nuint length, byte* from, uint* fromLength, void* info, uint* infoLength,
        uint* infoType, int* flags);
}
