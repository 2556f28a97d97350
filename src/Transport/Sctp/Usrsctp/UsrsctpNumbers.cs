namespace Handoff.Transport.Sctp.Usrsctp;

// usrsctp.h, where the numbers are others than those of the kernel.
internal static class UsrsctpNumbers
{
    public const int Protocol = 132;
    public const int Stream = 1;
    public const int SeqPacket = 5;

    public const int Read = 1;
    public const int Write = 2;
    public const int Error = 4;

    public const int Notification = 0x2000;
    public const int EndOfRecord = 0x80;

    public const int AddAddress = 0x8001;
    public const int RemoveAddress = 0x8002;

    public const uint SendAttributes = 4; // SCTP_SENDV_SPA
    public const uint SendInfoValid = 1;
    public const uint ReliabilityValid = 2;
    public const uint ReceivedAndNext = 3; // SCTP_RECVV_RN

    public const ushort EndAssociation = 0x100;
    public const ushort Abort = 0x200;
    public const ushort Unordered = 0x400;
    public const ushort AddressOverride = 0x800;

    public const int Event = 0x1e;
    public const int ReceiveInfo = 0x1f;
    public const int NextInfo = 0x20;
    public const int Status = 0x100;
    public const int AssociationIds = 0x105;

    public const int OfSocket = 1; // SOL_SOCKET
    public const int Linger = 13; // SO_LINGER
    public const int SendBuffer = 7; // SO_SNDBUF
    public const int ReceiveBuffer = 8; // SO_RCVBUF

    public const int AllAssociations = 2;
}
