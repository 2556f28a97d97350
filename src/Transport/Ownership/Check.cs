namespace Handoff.Transport.Ownership;

// The questions that a command is asked before it may have an effect.
internal enum Check
{
    Permitted,
    Open,
    Authority,
    NotOnOffer,
    OnOffer,
    ThisOffer,
    Invited,
    SameOwner,
    NotOnLoan,
    OnLoan,
}
