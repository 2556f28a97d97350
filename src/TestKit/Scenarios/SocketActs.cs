using Akka.Actor;

namespace Handoff.TestKit.Scenarios;

/// <summary>What is done to the actor of a socket from outside of the protocol.</summary>
public sealed class SocketActs
{
    private readonly Stage _stage;
    private readonly IActorRef _socket;

    internal SocketActs(Stage stage, string socket) =>
        (_stage, _socket) = (stage, stage.Witness.SocketOf(stage.IdOf(socket)));

    /// <summary>Somebody stops it.</summary>
    public void Stops()
    {
        _stage.System.Actors.Stop(_socket);
        _stage.Rest();
    }

    /// <summary>Somebody tells it what is none of its messages.</summary>
    /// <param name="message">What.</param>
    public void IsTold(object message)
    {
        _socket.Tell(message, ActorRefs.NoSender);
        _stage.Rest();
    }
}
