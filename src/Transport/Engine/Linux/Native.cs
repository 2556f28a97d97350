using System.Runtime.InteropServices;

namespace Handoff.Transport.Engine.Linux;

// Numbers of the kernel's interface: socket(7), unix(7), tcp(7), ip(7), ipv6(7), epoll(7), getrlimit(2).
internal static class Native
{
    public const int FamilyNone = 0;
    public const int FamilyUnix = 1;
    public const int FamilyIPv4 = 2;
    public const int FamilyIPv6 = 10;

    public const int StreamSocket = 1;
    public const int DatagramSocket = 2;
    public const int RecordSocket = 5;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    public const int OutOfBand = 0x1;
    public const int Peek = 0x2;
    public const int ControlTruncated = 0x8;
    public const int Truncated = 0x20;
    public const int DontWait = 0x40;
    public const int ErrorQueue = 0x2000;
    public const int NoSignal = 0x4000;
    public const int CloseReceivedOnExec = 0x40000000;

    public const int ShutdownSend = 1;
    public const int ShutdownBoth = 2;
    public const int PeekPlace = 42;
    public const int ReceiveLeast = 18;
    public const int UnreadBytes = 0x541B;

    public const int SocketLevel = 1;
    public const int ReuseAddress = 2;
    public const int SocketType = 3;
    public const int SocketError = 4;
    public const int Broadcast = 6;
    public const int SendBuffer = 7;
    public const int ReceiveBuffer = 8;
    public const int KeepAlive = 9;
    public const int Linger = 13;
    public const int PassCredentials = 16;
    public const int PeerCredentials = 17;
    public const int IsListening = 30;
    public const int SocketProtocol = 38;
    public const int SocketDomain = 39;
    public const int MemoryInfo = 55;
    public const int PeerProcess = 77;
    public const int IPLevel = 0;
    public const int TypeOfService = 1;
    public const int TimeToLive = 2;
    public const int IPReceiveError = 11;
    public const int MulticastInterface = 32;
    public const int MulticastTimeToLive = 33;
    public const int MulticastLoopback = 34;
    public const int JoinGroup = 35;
    public const int LeaveGroup = 36;
    public const int TcpLevel = 6;
    public const int UdpLevel = 17;
    public const int SctpLevel = 132;
    public const int NoDelay = 1;
    public const int KeepAliveIdle = 4;
    public const int KeepAliveInterval = 5;
    public const int KeepAliveCount = 6;
    public const int TcpInfo = 11;
    public const int UserTimeout = 18;
    public const int TcpClosed = 7;
    public const int IPv6Level = 41;
    public const int HopLimit = 16;
    public const int IPv6MulticastInterface = 17;
    public const int MulticastHops = 18;
    public const int IPv6MulticastLoopback = 19;
    public const int IPv6JoinGroup = 20;
    public const int IPv6LeaveGroup = 21;
    public const int IPv6ReceiveError = 25;
    public const int IPv6Only = 26;
    public const int TrafficClass = 67;

    public const int Add = 1;
    public const int Delete = 2;
    public const int Modify = 3;

    public const uint Readable = 0x1;
    public const uint Urgent = 0x2;
    public const uint Writable = 0x4;
    public const uint Error = 0x8;
    public const uint HungUp = 0x10;
    public const uint PeerFinished = 0x2000;
    public const uint EdgeTriggered = 1u << 31;

    // poll(2): there is no such descriptor.
    public const ushort NotOpen = 0x20;

    public const int OpenFiles = 7;

    // What may come beside the bytes: unix(7), SCM_RIGHTS and SCM_CREDENTIALS.
    public const int Rights = 1;
    public const int Credentials = 2;

    // memfd_create(2), fcntl(2), lseek(2), preadv2(2).
    public const uint MemoryCloseOnExec = 0x1;
    public const uint MemoryAllowSealing = 0x2;
    public const int AddSeals = 1033;
    public const int GetDescriptorFlags = 1;
    public const int DuplicateClosedOnExec = 1030;
    public const int SetDescriptorFlags = 2;
    public const int ClosedOnExec = 1;
    public const int GetStatusFlags = 3;
    public const int SetStatusFlags = 4;
    public const int GetSeals = 1034;
    public const int SealedForGood = 0x1;
    public const int SealedShrinking = 0x2;
    public const int SealedGrowing = 0x4;
    public const int SealedWriting = 0x8;
    public const int FromTheEnd = 2;
    public const int NoWait = 0x8;

    // syscall(2): of pidfd_open(2), on every architecture.
    public const int OpenProcessNumber = 434;

    // sockaddr_storage.
    public const int LargestAddress = 128;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    public void* Base;
    public nuint Length;
}

[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    public int Descriptor;
    public ushort Events;
    public ushort Returned;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    public void* Name;
    public uint NameLength;
    public IoVector* Vectors;
    public nuint VectorCount;
    public void* Control;
    public nuint ControlLength;
    public int Flags;
}
