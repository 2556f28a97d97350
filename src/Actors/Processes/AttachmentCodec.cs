using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Serialization;
using Handoff.Transport;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Processes;

// The attachment of a release as bytes for another process, and back: bytes and texts as they are, everything else by
// a serializer that this system's configuration binds it to and that names its versions itself. Nothing that came from
// a peer is taken for the name of a type.
internal sealed class AttachmentCodec(ExtendedActorSystem system, int maxAttachment)
{
    // Akka and its plug-ins number theirs upwards from 0.
    public const int BytesId = -0x486F01;
    public const int TextId = -0x486F02;

    private static readonly HashSet<int> Reserved = [BytesId, TextId];
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private DeclaredSerializers _declared = DeclaredSerializers.Of(system, Reserved);

    // Refused before anything is offered: EEMODENOTSUPP (nothing that is declared writes it), EEBADDATA (what writes
    // it failed), EEMSGSIZE.
    public (SocketAttachment? Encoded, SocketResult Result) TryEncode(object attachment)
    {
        var type = attachment.GetType();
        if (type == typeof(byte[])) return Bounded(new(BytesId, ""), (byte[])attachment, type);
        if (type == typeof(string)) return EncodeText((string)attachment);
        var declared = Declared();
        var serializer = declared.For(attachment);
        if (serializer is null) return Undeclared(type, "nothing writes it");
        if (serializer is not SerializerWithStringManifest writer)
            return Undeclared(type, $"{NameOf(serializer)} has no versions");
        if (!declared.Has(writer))
        {
            return Undeclared(
                type, $"{NameOf(writer)} is bound to nothing, or its identifier {writer.Identifier} is another's too");
        }

        return Encode(attachment, type, writer);
    }

    // EEMODENOTSUPP (the kind is not known, or the serializer does not know the manifest), EEBADDATA, EEMSGSIZE.
    public (object? Attachment, SocketResult Result) TryDecode(AttachmentKind kind, ReadOnlyMemory<byte> bytes)
    {
        var what = $"an attachment of serializer {kind.Serializer}, manifest \"{kind.Manifest}\"";
        if (bytes.Length > maxAttachment)
            return (null, new(ResultCode.EEMSGSIZE, $"{what} has {bytes.Length} bytes; it may have {maxAttachment}"));
        try
        {
            if (IsNative(kind)) return (Native(kind, bytes), SocketResult.Success);
            if (Find(kind) is not { } reader)
            {
                return (null, new(
                    ResultCode.EEMODENOTSUPP, $"{what} is not of those that this process has bound and numbered so"));
            }

            return reader.FromBinary(bytes.ToArray(), kind.Manifest) is { } attachment
                ? (attachment, SocketResult.Success)
                : (null, new(ResultCode.EEBADDATA, $"{what} was read as nothing by {NameOf(reader)}"));
        }
        catch (SerializationException unknown)
        {
            return (null, new(ResultCode.EEMODENOTSUPP, $"{what} is not known: {unknown.Message}"));
        }
        catch (Exception failure)
        {
            return (null, new(ResultCode.EEBADDATA, $"{what} was not read: {Text(failure)}"));
        }
    }

    private (SocketAttachment? Encoded, SocketResult Result) EncodeText(string text)
    {
        try
        {
            return Bounded(new(TextId, ""), Utf8.GetBytes(text), typeof(string));
        }
        catch (EncoderFallbackException)
        {
            return (null, new(ResultCode.EEBADDATA, "an attachment of type System.String is no valid UTF-16"));
        }
    }

    private (SocketAttachment? Encoded, SocketResult Result) Encode(
        object attachment, Type type, SerializerWithStringManifest writer)
    {
        try
        {
            var manifest = writer.Manifest(attachment);
            if (FaultOf(manifest) is { } fault) return Undeclared(type, $"the manifest of {NameOf(writer)} {fault}");
            if (manifest == type.FullName)
                return Undeclared(type, $"the manifest of {NameOf(writer)} is the name of the type");
            return writer.ToBinary(attachment) is { } bytes
                ? Bounded(new(writer.Identifier, manifest), bytes, type)
                : (null, new(ResultCode.EEBADDATA, $"{NameOf(writer)} wrote nothing of an attachment of type {type}"));
        }
        catch (Exception failure)
        {
            return (null, new(
                ResultCode.EEBADDATA,
                $"an attachment of type {type} was not written by {NameOf(writer)}: {Text(failure)}"));
        }
    }

    private (SocketAttachment? Encoded, SocketResult Result) Bounded(AttachmentKind kind, byte[] bytes, Type type) =>
        bytes.Length <= maxAttachment
            ? (new SocketAttachment(kind, bytes), SocketResult.Success)
            : (null, new(
                ResultCode.EEMSGSIZE,
                $"an attachment of type {type} has {bytes.Length} bytes; "
                + $"handoff.handles.max-attachment is {maxAttachment}"));

    private static (SocketAttachment? Encoded, SocketResult Result) Undeclared(Type type, string why) => (null, new(
        ResultCode.EEMODENOTSUPP,
        $"an attachment of type {type} cannot leave the process: {why}. Bind the type to a "
        + $"{nameof(SerializerWithStringManifest)} in akka.actor.serialization-bindings"));

    private DeclaredSerializers Declared()
    {
        var declared = Volatile.Read(ref _declared);
        if (declared.IsOf(system.Serialization)) return declared;
        declared = DeclaredSerializers.Of(system, Reserved);
        Volatile.Write(ref _declared, declared);
        return declared;
    }

    private SerializerWithStringManifest? Find(AttachmentKind kind) =>
        FaultOf(kind.Manifest) is null ? Declared().Find(kind.Serializer) : null;

    // With a comma it is what Type.GetType takes for a type and its assembly: no serializer is led into that.
    private static string? FaultOf(string? manifest)
    {
        if (string.IsNullOrEmpty(manifest)) return "is empty: it names no version";
        if (manifest.Contains(',', StringComparison.Ordinal)) return "has a comma, as the names of types have";
        return Encoding.UTF8.GetByteCount(manifest) > FrameBounds.Manifest
            ? $"is longer than {FrameBounds.Manifest} bytes"
            : null;
    }

    private static bool IsNative(AttachmentKind kind) =>
        Reserved.Contains(kind.Serializer) && kind.Manifest.Length == 0;

    private static object Native(AttachmentKind kind, ReadOnlyMemory<byte> bytes) =>
        kind.Serializer == BytesId ? bytes.ToArray() : Utf8.GetString(bytes.Span);

    private static string NameOf(Serializer serializer) => serializer.GetType().ToString();

    private static string Text(Exception failure) => $"{failure.GetType().Name}: {failure.Message}";
}
