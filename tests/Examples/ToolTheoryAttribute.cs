namespace Handoff.Examples.Tests;

// Skipped where the program is not installed.
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ToolTheoryAttribute : TheoryAttribute
{
    public ToolTheoryAttribute(string tool) => Skip = Tool.WhyNot(tool);
}
