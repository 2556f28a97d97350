namespace Handoff.Transport.Sockets;

internal enum Delivery
{
    Nobody,
    Held,
    Offered,

    // To another connection.
    Spliced,
}
