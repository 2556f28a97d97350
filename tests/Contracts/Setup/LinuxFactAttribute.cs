using Handoff.Transport.Engine.Linux;

namespace Handoff.Contracts.Tests.Setup;

/// <summary>A test of what only the Linux engine has; skipped elsewhere, with that for the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!LinuxEngine.IsSupported) Skip = "only the Linux engine has it";
    }
}
