using Akka.Actor;

namespace Handoff.Messages;

/// <summary>The answer to <see cref="OpenProgram"/>.</summary>
/// <param name="Command">What it answers.</param>
/// <param name="Program">
/// A target like any actor. Stopping it ends its children, each with its process group: by <c>SIGTERM</c>, and by
/// <c>SIGKILL</c> once <c>handoff.children.stop-timeout</c> is over.
/// </param>
public sealed record ProgramOpened(OpenProgram Command, IActorRef Program);
