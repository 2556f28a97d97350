namespace Handoff.Transport.Handles.Frames;

// What an owner sends along with its socket, as bytes.
internal sealed record SocketAttachment(AttachmentKind Kind, ReadOnlyMemory<byte> Bytes);
