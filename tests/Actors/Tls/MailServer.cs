using System.Text;
using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Actors.Tests.Tls;

// As much SMTP as it takes to get to TLS (RFC 3207): a connection without it, that is given away with it.
internal sealed class MailServer : ReceiveActor
{
    private readonly StringBuilder _line = new();
    private readonly IActorRef _next;

    public MailServer(IActorRef next)
    {
        _next = next;
        Receive<Offered>(offered => Sender.Tell(new Acquire(offered.Offer, Self) { Reading = Reading.Active(4) }));
        Receive<Acquired>(acquired => Say(acquired.Handle, "220 mail.example ESMTP"));
        Receive<Received>(OnReceived);
        Receive<TlsStarted>(started => Sender.Tell(new Release(started.Command.Handle, _next)));
    }

    private void OnReceived(Received received)
    {
        Sender.Tell(new Consumed(received.Handle, received.End));
        _line.Append(Encoding.ASCII.GetString(received.Bytes.Span));
        if (!_line.ToString().EndsWith("\r\n", StringComparison.Ordinal)) return;
        var command = _line.ToString().Split(' ', '\r')[0];
        _line.Clear();
        switch (command)
        {
            case "EHLO":
                Say(received.Handle, "250-mail.example\r\n250 STARTTLS");
                break;
            case "STARTTLS":
                Say(received.Handle, "220 go ahead");
                Sender.Tell(new StartTls(received.Handle, TlsTestKit.AsServer));
                break;
            default:
                Say(received.Handle, "502 not here");
                break;
        }
    }

    private void Say(SocketHandle handle, string text) =>
        Sender.Tell(new Write(handle, Encoding.ASCII.GetBytes(text + "\r\n")));
}
