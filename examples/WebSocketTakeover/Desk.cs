using System.Net.WebSockets;
using System.Text;
using Akka.Actor;
using Handoff.AspNetCore;
using Handoff.Messages;

namespace WebSocketTakeover;

// Takes WebSockets over from ASP.NET Core, and answers what comes on any of them with how much has come on all.
public sealed class Desk : ReceiveActor
{
    private int _count;

    public Desk()
    {
        Receive<Offered>(offered => offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self)));
        Receive<Acquired>(acquired => TurnAsync(acquired.Lease!.OpenWebSocket(), answer: null).PipeTo(Self));
        Receive<Heard>(heard => heard.Text is null, heard => heard.Socket.Dispose());
        Receive<Heard>(heard => TurnAsync(heard.Socket, $"{++_count}: {heard.Text}").PipeTo(Self));
        ReceiveAny(_ => { }); // that a connection is closed
    }

    // Answers, and hears the next message, or a part of one that is long; a null text is the end.
    private static async Task<Heard> TurnAsync(WebSocket socket, string? answer)
    {
        try
        {
            if (answer is not null)
                await socket.SendAsync(Encoding.UTF8.GetBytes(answer), WebSocketMessageType.Text, true, default);
            var buffer = new byte[1024];
            var heard = await socket.ReceiveAsync(buffer, default);
            if (heard.MessageType is not WebSocketMessageType.Close)
                return new Heard(socket, Encoding.UTF8.GetString(buffer, 0, heard.Count));
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "bye", default);
        }
        catch (WebSocketException)
        {
            // The client is gone, or speaks something else.
        }

        return new Heard(socket, Text: null);
    }

    private sealed record Heard(WebSocket Socket, string? Text);
}
