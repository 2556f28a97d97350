namespace Handoff.Transport.Handles.Frames;

// Which sides were over already; none for an open connection.
[Flags]
internal enum SocketEnds : byte
{
    None = 0,
    Input = 1,
    Output = 2,

    // This side takes no more, whether the peer has finished or not.
    Shut = 4,

    // A connection of records was reset, which the kernel has told; its end follows.
    Reset = 8,

    All = Input | Output | Shut | Reset,
}
