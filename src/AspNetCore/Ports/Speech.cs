namespace Handoff.AspNetCore.Ports;

// What a client speaks.
internal enum Speech
{
    // Too few bytes have come.
    Unknown,
    Http1,
    Http2,
    Tls,
    Other,
}
