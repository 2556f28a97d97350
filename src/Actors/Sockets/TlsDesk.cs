using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Sockets;

internal static class TlsDesk
{
    // False if the command has nothing to do with TLS, and nothing to fear from it. Custody has permitted it.
    public static bool TryCarry(ISocketCommand command, OwnedConnection owned, Custody custody)
    {
        if (command is StartTls start)
        {
            var begun = owned.BeginTls(start, custody.AnswerTo());
            if (begun.IsSuccess) custody.NoLongerKept();
            else custody.Refuse(start, begun);
            return true;
        }

        if (Obstacle(command, owned) is not { } obstacle) return false;
        custody.Refuse(command, obstacle with { Reason = $"{command.GetType().Name}: {obstacle.Reason}" });
        return true;
    }

    private static SocketResult? Obstacle(ISocketCommand command, OwnedConnection owned) =>
        owned.TlsObstacle ?? (command is Keep or ReadDurably { IsOn: true } ? Tied.By(owned.Facts()) : null);
}
