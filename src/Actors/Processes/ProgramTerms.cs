using Akka.Actor;
using Handoff.Transport.Children;

namespace Handoff.Processes;

// What a target starts, who hears of it, and its bounds: children at the same time, how long a socket may take to
// stop, and how often what is lent starts one.
internal sealed record ProgramTerms(
    ChildProgram Program,
    string ListenerName,
    IActorRef Observer,
    int MaxChildren,
    TimeSpan QuiesceTimeout,
    StartRate Starts);
