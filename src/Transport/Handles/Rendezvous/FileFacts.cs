namespace Handoff.Transport.Handles.Rendezvous;

// What the system says of a file: which one it is, whose, its type with its mode, and how many names it has.
internal readonly record struct FileFacts(ulong Device, ulong Number, uint Owner, ushort Mode, int Links)
{
    private const int TypeMask = 0xF000, DirectoryType = 0x4000, RegularType = 0x8000, LinkType = 0xA000;
    private const int PermissionMask = 0x1FF;

    public int Permissions => Mode & PermissionMask;

    public bool IsDirectory => (Mode & TypeMask) == DirectoryType;

    public bool IsRegular => (Mode & TypeMask) == RegularType;

    public bool IsLink => (Mode & TypeMask) == LinkType;

    public bool IsSameAs(FileFacts other) => (Device, Number) == (other.Device, other.Number);
}
