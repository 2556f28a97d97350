namespace Handoff.Transport.Tests.Handles.Moves;

// A frame on its way, as far as the machines can tell them apart.
internal enum Message
{
    Offer,
    Accept,
    Decline,
    Transfer,
    Adopted,
    Refuse,
    Withdraw,
}
