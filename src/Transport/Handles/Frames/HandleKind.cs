namespace Handoff.Transport.Handles.Frames;

internal enum HandleKind : byte
{
    Stream = 1,
    Listener = 2,
    Datagram = 3,
    Records = 4,
    RecordListener = 5,
}
