using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

internal readonly record struct InEnd(GraphStageLogic Logic, int Port);
