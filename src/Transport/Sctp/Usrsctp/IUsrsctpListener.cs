namespace Handoff.Transport.Sctp.Usrsctp;

// Whoever is told by the stack's thread, which must not be held up: it goes on elsewhere.
internal interface IUsrsctpListener
{
    void Heard();

    // Perhaps there is something that nobody told of.
    void AskAgain();
}
