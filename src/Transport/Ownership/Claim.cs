namespace Handoff.Transport.Ownership;

// What a handle claims: the number in it (an epoch, or an offer's), and whether its secret is the socket's own.
internal readonly record struct Claim(long Number, bool Genuine);
