namespace Akka.Streams.Implementation;

internal readonly record struct PartPort(int Part, int Port);
