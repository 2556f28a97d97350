namespace Handoff.Transport.Children;

// A child, or why there is none.
internal readonly record struct ChildOr(Child? Child, SocketResult Result);
