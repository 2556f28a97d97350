namespace Handoff.Policy;

/// <summary>
/// Who may do what with sockets: LPC's <c>valid_socket</c>. It is asked once for each command, before any other check;
/// a refusal is <c>EESECURITY</c>, has no effect, and is published as <see cref="PolicyRefusal"/>. Set by
/// <c>handoff.policy</c> or <c>HandoffExtension.UsePolicy</c>; without one everything is allowed.
/// </summary>
public interface ISocketPolicy
{
    /// <summary>
    /// Answers one question. It runs on the threads of the sockets, several at a time, and holds up the socket that
    /// asks: it must not wait. One that throws has refused, and is logged.
    /// </summary>
    /// <param name="question">The command, the socket and the credential.</param>
    PolicyAnswer Ask(in PolicyQuestion question);
}
