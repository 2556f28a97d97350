using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Handles.Systemd;

// A socket that the service manager passed, which is the caller's. Without a name of its own it is "unknown".
internal sealed record ListenDescriptor(string Name, SocketDescriptor Socket);
