using Handoff.Transport.Engine.Linux;

namespace Handoff.TwoProcess.Tests.Setup;

/// <summary>A test with processes of another user, which nobody but root can start.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips where this is not Linux, or not root.</summary>
    public RootTheoryAttribute()
    {
        if (!LinuxEngine.IsSupported) Skip = LinuxFactAttribute.Reason;
        else if (!Environment.IsPrivilegedProcess) Skip = "A process of another user can be started by root only.";
    }
}
