namespace Handoff.Transport.Sockets;

// Who is told, once, that a connection is over and nothing is left to read, on the owner scheduler.
internal interface IEndListener
{
    void OnFinished(SocketResult result);
}
