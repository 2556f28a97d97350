using System.Text;
using Akka.Actor;
using Handoff.Messages;

namespace LoginToGame;

// Takes players over from the login, greets them by name and plays: what comes goes back.
public sealed class Game : ReceiveActor
{
    private readonly Dictionary<long, object?> _players = [];
    private readonly Dictionary<Write, Received> _moves = [];

    public Game()
    {
        Receive<Offered>(offered =>
        {
            _players[offered.Offer.Id] = offered.Attachment;
            offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self) { Reading = Reading.Active(1) });
        });
        Receive<Acquired>(player => player.Handle.Socket.Tell(
            new Write(player.Handle, Encoding.UTF8.GetBytes($"welcome {_players[player.Handle.Id]}\n"))));
        Receive<Received>(move =>
        {
            var echo = new Write(move.Handle, move.Bytes);
            _moves[echo] = move;
            move.Handle.Socket.Tell(echo);
        });
        Receive<Written>(echo =>
        {
            // Consumed when its echo was accepted, so that a crash between the two loses nothing.
            if (!_moves.Remove(echo.Write, out var move)) return;
            move.Handle.Socket.Tell(new Consumed(move.Handle, move.End));
        });
        Receive<PeerFinished>(end => end.Handle.Socket.Tell(new Close(end.Handle)));
        Receive<Withdrawn>(withdrawn => _players.Remove(withdrawn.Offer.Id));
        Receive<Closed>(closed => _players.Remove(closed.Handle.Id));
    }
}
