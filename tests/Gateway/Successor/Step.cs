namespace Handoff.Gateway.Tests.Successor;

// Where a new version fails: it dies there, but for the last one, which lives and takes nothing.
public enum Step
{
    // It has reached the old process, and said nothing.
    Reached,

    // It knows what there is to have.
    Told,

    // It has said that it is ready.
    Ready,

    // The first socket is on offer to it.
    Offered,

    // It has acquired all sockets but one.
    AllButOne,

    // It declines what it is offered.
    Declines,
}
