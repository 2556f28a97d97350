namespace Handoff.Configuration;

/// <summary>What moves the bytes of sockets.</summary>
public enum EngineKind
{
    /// <summary>Loops of our own on <c>epoll(7)</c>; Linux only.</summary>
    Linux,

    /// <summary>System.Net.Sockets; any system, no passing of descriptors.</summary>
    Portable,
}
