using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Handles.Driving;

// A socket that came: the descriptor is the taker's.
internal sealed record TakenSocket(SocketDescriptor Descriptor, SocketFacts Facts, SocketBaggage Baggage);
