using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

internal readonly record struct OutEnd(GraphStageLogic Logic, int Port);
