namespace Handoff.Gateway.Connections;

// What a connection takes along to another process: whose it is, where its service was paused, and for how long
// nothing has moved on it.
internal sealed record ConnectionState(string Service, long At, TimeSpan Idle);
