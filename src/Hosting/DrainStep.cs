namespace Handoff.Hosting;

// The steps of a host's stop, each of which ends with what it waits for, or with its time.
internal enum DrainStep
{
    // The owners end the connections that were accepted.
    Finish,

    // What is left sends what was accepted, and the end.
    Close,

    // What is left is dropped.
    Abort,
}
