namespace Handoff.Transport.Sockets;

// Who has lent a connection: told that its borrower is done with it. Called outside the gate; must not block.
internal interface ILoan
{
    void OnGivenBack(long epoch, string why);
}
