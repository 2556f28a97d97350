namespace Akka.Streams.Implementation;

// The ends that a part leaves open, in the order of its shape's ports, and its materialized value.
internal readonly record struct Laid(InEnd[] Ins, OutEnd[] Outs, object Value);
