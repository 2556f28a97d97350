namespace Akka.Streams.Implementation;

internal readonly record struct Wire(PartPort From, PartPort To);
