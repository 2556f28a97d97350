namespace Handoff.Messages;

/// <summary>Whether this process ended a program, and why.</summary>
public enum ProgramStop
{
    /// <summary>It ended by itself.</summary>
    None,

    /// <summary>It ran for longer than <see cref="OpenProgram.RunLimit"/>.</summary>
    TimedOut,

    /// <summary>Its target stopped, or the actor system did; or what it was lent had to go back.</summary>
    Stopped,

    /// <summary>It could not be watched any more.</summary>
    Unwatched,
}
