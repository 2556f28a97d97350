using Handoff.Transport.Engine.Linux;

namespace Handoff.TwoProcess.Tests.Setup;

/// <summary>As <see cref="LinuxFactAttribute"/>, with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips where there is no Linux.</summary>
    public LinuxTheoryAttribute() => Skip = LinuxEngine.IsSupported ? null : LinuxFactAttribute.Reason;
}
