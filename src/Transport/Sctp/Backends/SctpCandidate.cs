namespace Handoff.Transport.Sctp.Backends;

// A back end that may be here. Missing: why it is not, and the remedy; null where it is.
internal sealed record SctpCandidate(
    string Name, Func<string?> Missing, Func<(ISctpBackend? Backend, SocketResult Result)> Create);
