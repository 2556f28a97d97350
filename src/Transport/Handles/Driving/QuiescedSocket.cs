using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Handles.Driving;

// A socket that is out of its engine: the descriptor, which stays its giver's, and what the kernel does not have.
internal sealed record QuiescedSocket(SocketDescriptor Descriptor, SocketBaggage Baggage);
