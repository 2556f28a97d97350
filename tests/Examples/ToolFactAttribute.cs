namespace Handoff.Examples.Tests;

// Skipped where the program is not installed.
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(string tool) => Skip = Tool.WhyNot(tool);
}
