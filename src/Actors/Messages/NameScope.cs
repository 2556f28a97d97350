namespace Handoff.Messages;

/// <summary>Who finds what is given under a name.</summary>
public enum NameScope
{
    /// <summary>The actors of the giver's actor system.</summary>
    System,

    /// <summary>Those, and every process of the same user on the same host whose
    /// <c>handoff.processes.directory</c> is the same. A name is then one process's at a time.</summary>
    Host,
}
