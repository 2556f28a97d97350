namespace Handoff.Transport.Handles.Frames;

// Which serializer wrote an attachment, and how it calls what it wrote: no type is ever loaded by its name.
internal sealed record AttachmentKind(int Serializer, string Manifest);
