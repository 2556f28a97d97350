using Akka.Actor;

namespace Handoff.Messages;

/// <summary>
/// Told to <c>HandoffExtension.Keeper</c>: takes from the keeper all that dead processes of <c>handoff.keeper.key</c>
/// had kept for this key, and offers each socket to the target, which answers as to any offer (<see cref="Offered"/>;
/// <see cref="Acquired"/> tells how far the system knows that the dead process came). What is not acquired within
/// <c>handoff.handles.answer-timeout</c> is closed. Nothing of it is kept any more: its new owner sends
/// <see cref="Keep"/>. From the service manager's store comes what this process was passed at its start, whatever the
/// key of the process; it stays there until its owner sends <see cref="Keep"/>, or it ends. Answered by
/// <see cref="KeptAdopted"/>, or by <see cref="Refused"/>: <c>EEMODENOTSUPP</c> (no keeper is named, or not the Linux
/// engine), <c>EENAMETOOLONG</c>, <c>EEBADDATA</c> (key), <c>EENOADDR</c> (no target), <c>EENOTLOCAL</c>,
/// <c>EEQUOTA</c> (<c>handoff.keeper.max-waiting</c>), or why the keeper does not answer, as for <see cref="Keep"/>.
/// </summary>
/// <param name="Key">For whom it was kept: the key of <see cref="Keep"/>.</param>
/// <param name="Target">Who is offered it.</param>
public sealed record AdoptKept(string Key, IActorRef Target)
{
    /// <summary>
    /// Whether the connections, and those that listeners accept, are read durably from the first byte on, as with
    /// <see cref="Listen.DurableReads"/>.
    /// </summary>
    public bool DurableReads { get; init; }
}
