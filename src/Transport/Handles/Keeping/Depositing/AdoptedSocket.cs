using Handoff.Transport.Handles.Driving;

namespace Handoff.Transport.Handles.Keeping.Depositing;

// A socket that a dead process had deposited under this name: it is the adopter's, who has it kept again, if at all.
internal sealed record AdoptedSocket(string Name, TakenSocket Socket)
{
    // What the service manager has it as still, in its store; null where nobody has a copy any more.
    public string? StoredAs { get; init; }
}
