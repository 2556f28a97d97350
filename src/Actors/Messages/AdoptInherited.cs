using Akka.Actor;

namespace Handoff.Messages;

/// <summary>
/// Told to <c>HandoffExtension.Keeper</c>: offers the sockets that this process was started with
/// (<see cref="GetInherited"/>) to the target, which answers as to any offer; <see cref="Offered.Attachment"/> is the
/// name of each. What is not acquired within <c>handoff.handles.answer-timeout</c> is closed here, and nothing is shut
/// down: the service manager may listen on. So does a listener that its owner closes, and <see cref="Keep"/> of it is
/// refused with <c>EEALREADY</c>, because the manager passes it again. Answered by <see cref="InheritedAdopted"/> when
/// each offer has its outcome, or by <see cref="Refused"/>, and then nothing is taken: <c>EENAMENOTFOUND</c> (nothing
/// has that name, or nothing has it any more), <c>EENOADDR</c> (no target), <c>EENOTLOCAL</c>, or as for
/// <see cref="GetInherited"/>.
/// </summary>
/// <param name="Target">Who is offered them.</param>
public sealed record AdoptInherited(IActorRef Target)
{
    /// <summary>Only what has this name; null, the default, for all that there is, which may be nothing.</summary>
    public string? Name { get; init; }

    /// <summary>As <see cref="AdoptKept.DurableReads"/>; default false.</summary>
    public bool DurableReads { get; init; }
}
