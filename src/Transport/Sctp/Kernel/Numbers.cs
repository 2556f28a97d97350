using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Kernel;

// Numbers of the kernel's interface: linux/sctp.h.
internal static class Numbers
{
    public const int Level = Native.SctpLevel;

    // setsockopt(2), getsockopt(2).
    public const int RetransmissionTimes = 0;
    public const int AssociationInfo = 1;
    public const int Init = 2;
    public const int NoDelay = 3;
    public const int AutoClose = 4;
    public const int Adaptation = 7;
    public const int DisableFragments = 8;
    public const int PeerAddressParameters = 9;
    public const int MappedAddresses = 12;
    public const int MaxSegment = 13;
    public const int Status = 14;
    public const int PeerAddressInfo = 15;
    public const int DelayedAcknowledgement = 16;
    public const int Context = 17;
    public const int FragmentInterleave = 18;
    public const int PartialDeliveryPoint = 19;
    public const int MaxBurst = 20;
    public const int ReceiveInfoWanted = 32;
    public const int NextInfoWanted = 33;
    public const int BindAdd = 100;
    public const int BindRemove = 101;
    public const int PeelOff = 102;
    public const int PeerAddresses = 108;
    public const int LocalAddresses = 109;
    public const int Connect = 111;
    public const int PeelOffFlags = 122;
    public const int Event = 127;
    public const int ExposePotentiallyFailed = 131;
    public const int EncapsulationPort = 132;

    // Beside a message.
    public const int SendInfo = 2;
    public const int ReceiveInfo = 3;
    public const int NextInfo = 4;
    public const int ReliabilityInfo = 5;

    // Of a message.
    public const int Notification = 0x8000;
    public const int EndOfRecord = 0x80;

    // Of sndinfo and rcvinfo.
    public const ushort Unordered = 0x1;
    public const ushort AddressOverride = 0x2;
    public const ushort Abort = 0x4;
    public const ushort End = 0x200;

    // Ids below are those of the system: of associations to come, of those there are, and of both.
    public const int FirstAssociation = 3;
    public const int AllAssociations = 2;
}
