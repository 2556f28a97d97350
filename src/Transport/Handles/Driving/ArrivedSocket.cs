using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Handles.Driving;

// A socket that came and is not taken yet, without its descriptor: to that nothing may be done before.
internal readonly record struct ArrivedSocket(SocketFacts Facts, SocketBaggage Baggage);
