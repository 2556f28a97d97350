namespace Handoff.Transport.Sctp.Records;

// Where SCTP comes from, found when it is first needed; or the code and the reason why there is none.
internal delegate (ISctpBackend? Backend, SocketResult Result) SctpSource();
