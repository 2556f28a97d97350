using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Engine;

namespace Handoff.Sockets;

internal static class OptionCommands
{
    // False if it is about something else. Custody has permitted it.
    public static bool TryCarry(ISocketCommand command, ISocketOptions socket, Custody custody)
    {
        switch (command)
        {
            case SetOption set:
                Answer(set, new Confirmed(set), socket.SetOption(set.Option), custody);
                return true;
            case SetRawOption set:
                var code = socket.SetRawOption(set.Level, set.Name, set.Value.Span);
                Answer(set, new Confirmed(set), code, custody);
                return true;
            case GetOption get:
                var (option, result) = socket.GetOption(get.Kind);
                Answer(get, new OptionValue(get, option!), result, custody);
                return true;
            case GetRawOption get:
                var (value, read) = socket.GetRawOption(get.Level, get.Name, get.Size);
                Answer(get, new RawOptionValue(get, value), read, custody);
                return true;
            default:
                return false;
        }
    }

    private static void Answer(object command, object answer, SocketResult result, Custody custody)
    {
        if (result.IsSuccess) custody.Reply(answer);
        else custody.Refuse(command, result);
    }
}
