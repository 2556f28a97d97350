namespace Handoff.Transport.Sockets;

// A borrower has completed what it borrowed.
internal sealed record GivenBack(ILoan Loan, long Epoch, string Why)
{
    public void Tell() => Loan.OnGivenBack(Epoch, Why);
}
