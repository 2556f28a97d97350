namespace Handoff.Transport.Sctp;

// What a back end can beyond what all of them owe.
[Flags]
internal enum SctpCapabilities
{
    None = 0,

    // Its sockets are descriptors of the kernel, which may leave the process.
    Passes = 1,

    // Its packets travel in UDP (RFC 6951), always.
    EncapsulatedOnly = 1 << 1,

    // It may be told a UDP port of its peer (SctpSocketOptions.EncapsulationPort).
    Encapsulates = 1 << 2,

    // An endpoint may have several addresses.
    MultiHomed = 1 << 3,

    // Bind adds and removes addresses of a socket that is bound.
    Rebinds = 1 << 4,

    // A received message tells of the one behind it (SctpReceived.Next).
    TellsNext = 1 << 5,
}
