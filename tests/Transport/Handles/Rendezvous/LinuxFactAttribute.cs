using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Tests.Handles.Rendezvous;

/// <summary>A test of what processes find each other by.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    /// <summary>Skips elsewhere, and where a file has to be another user's and only root can make it so.</summary>
    public LinuxFactAttribute(bool needsRoot = false)
    {
        if (!LinuxEngine.IsSupported) Skip = "Processes find each other by the calls of Linux only.";
        else if (needsRoot && SystemCalls.EffectiveUser() != 0) Skip = "Only root can give a file away.";
    }
}
