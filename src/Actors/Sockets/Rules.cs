using Handoff.Configuration;

namespace Handoff.Sockets;

// What a socket lives under, shared by as many as possible: each field here is one less in every socket.
internal sealed record Rules(HandoffSettings Settings, OwnerIndex Owners, Warrant? Warrant);
