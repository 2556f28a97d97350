namespace Handoff.Sockets;

// Who else has what came, now that it is here.
internal enum Copy
{
    None,

    // The service manager, in its store, until it is told to let go.
    Stored,

    // The service manager, whose listener it is: it passes it to every process of the service.
    Managers,
}
