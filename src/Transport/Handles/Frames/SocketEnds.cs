namespace Handoff.Transport.Handles.Frames;

// Which sides were over already; none for an open connection.
[Flags]
internal enum SocketEnds : byte
{
    None = 0,
    Input = 1,
    Output = 2,
}
