using System.Net;

namespace Handoff.Transport.Sockets;

// A connection that was accepted or made, and has nobody yet: whoever has it starts it or aborts it.
internal interface INewcomer
{
    EndPoint? RemoteEndPoint { get; }

    void Abort(SocketResult why);
}
