namespace Handoff.Transport.Sockets;

// Limits are in bytes, from 1.
internal readonly record struct SpliceTerms(bool BothWays, long There, long Back);
