using System.Globalization;
using Handoff.Messages;

namespace Handoff.Gateway.Connections;

// What a keeper has along with a connection: whose it is, where its service began here, and the positions then. As a
// text every version reads it.
internal sealed record KeptState(string Service, long At, long Consumed, long Written)
{
    public static KeptState? Parse(object? attachment)
    {
        var words = (attachment as string)?.Split(' ');
        return words is [var service, var at, var consumed, var written]
            && TryRead(at, out var from) && TryRead(consumed, out var read) && TryRead(written, out var wrote)
                ? new KeptState(service, from, read, wrote)
                : null;
    }

    // Where the service goes on, by what the system has: an echo has sent back bytes that it had not consumed yet, and
    // does not send them again; a generator goes on with the next line.
    public long ResumeAt(string handler, Acquired socket, int lineBytes) => handler switch
    {
        "echo" => Math.Max(0, At + socket.Written - Written - (socket.Consumed - Consumed)),
        "chargen" => At + ((socket.Written - Written) / lineBytes),
        _ => At,
    };

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Service} {At} {Consumed} {Written}");

    private static bool TryRead(string text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
