using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Handles.Systemd;

// What a socket is called in the service manager's store, which keeps nothing else that goes with it: for whom it is,
// one number that no other has (what has one name is removed together), and the attachment, if there is one.
internal sealed record StoredName(string Key, SocketAttachment? Attachment)
{
    private const string Version = "handoff-1";
    private const char Between = '/';
    private const int RandomLetters = 16;

    // Null where an attachment is too long for a name: FdStore.LongestName.
    public string? Draw()
    {
        string[] about = Attachment is null
            ? []
            : [
                Attachment.Kind.Serializer.ToString(CultureInfo.InvariantCulture),
                Uri.EscapeDataString(Attachment.Kind.Manifest),
                Base64Url.EncodeToString(Attachment.Bytes.Span),
            ];
        var number = RandomNumberGenerator.GetHexString(RandomLetters, lowercase: true);
        var name = string.Join(Between, (string[])[Version, Uri.EscapeDataString(Key), number, .. about]);
        return name.Length <= FdStore.LongestName ? name : null;
    }

    // Whether what has this name already is kept for the same, with the same.
    public bool Fits(string name) =>
        Parse(name) is { } other && other.Key == Key && other.Attachment?.Kind == Attachment?.Kind
        && Bytes(other).SequenceEqual(Bytes(this));

    // Null: it is called by somebody else.
    public static StoredName? Parse(string name) => name.Split(Between) switch
    {
        // Nobody could have it removed.
        _ when name.Length > FdStore.LongestName || name.AsSpan().ContainsAnyExceptInRange('!', '~') => null,
        [Version, var key, _] => new StoredName(Uri.UnescapeDataString(key), Attachment: null),
        [Version, var key, _, var serializer, var manifest, var bytes]
            when int.TryParse(serializer, CultureInfo.InvariantCulture, out var id) && Base64Url.IsValid(bytes) =>
            new StoredName(
                Uri.UnescapeDataString(key),
                new SocketAttachment(
                    new AttachmentKind(id, Uri.UnescapeDataString(manifest)), Base64Url.DecodeFromChars(bytes))),
        _ => null,
    };

    private static ReadOnlySpan<byte> Bytes(StoredName name) =>
        name.Attachment is { } attachment ? attachment.Bytes.Span : default;
}
