using System.Net;
using Akka.Actor;
using Handoff.TestKit.Checks;

namespace Handoff.TestKit.Parties;

// Where parties play: what they do and are told is seen there.
internal interface IStage
{
    Watch Watch { get; }

    IActorRef Sockets { get; }

    void Told(Party party, object message);

    void Sends(Party party, object command);

    void Note(string what);

    void Failed(Exception problem);

    // The story's name of a socket, and the socket of that name; 0 if none is known.
    string LabelOf(long socket);

    long IdOf(string label);

    // Who sends datagrams from there.
    string SenderAt(EndPoint? place);
}
