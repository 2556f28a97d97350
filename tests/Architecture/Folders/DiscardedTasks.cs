using Handoff.Architecture.Tests.Tidy;
using Microsoft.CodeAnalysis;

namespace Handoff.Architecture.Tests.Folders;

internal static class DiscardedTasks
{
    private static readonly string[] TaskTypes = ["Task", "ValueTask"];

    public static IEnumerable<Finding> In(ProjectCode project) =>
        from tree in project.Compilation.SyntaxTrees.AsParallel()
        where project.PathOf(tree) is not null
        let model = project.ModelOf(tree)
        let file = SourceFile.Of(tree)
        from call in Tasks.Dropped(file)
        where model.GetTypeInfo(call).Type is { } type && TaskTypes.Contains(type.Name)
            && type.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks"
        // What PipeTo returns ends with the piping, and the actor is told either way.
        where Tasks.NameOf(call) != "PipeTo"
        select file.At(call, call.ToString().Split('\n')[0]);
}
