namespace Handoff.Messages;

// A command of a socket's owner. It is told to Handle.Socket. Not public: a Handle that lies would run in the socket.
internal interface ISocketCommand
{
    SocketHandle Handle { get; }
}
