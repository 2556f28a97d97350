using Handoff.Transport.Engine.Linux;

namespace Handoff.TwoProcess.Tests.Setup;

/// <summary>A test that needs descriptors to pass between processes.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    /// <summary>Why elsewhere it is skipped.</summary>
    public const string Reason = "Descriptors pass between processes on Linux only.";

    /// <summary>Skips where there is no Linux.</summary>
    public LinuxFactAttribute() => Skip = LinuxEngine.IsSupported ? null : Reason;
}
