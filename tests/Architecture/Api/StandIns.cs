using System.Reflection;
using System.Runtime.Loader;

namespace Handoff.Architecture.Tests.Api;

// The stand-ins, loaded by path into a context of their own: the process itself may run on the packages that they
// stand in for. What they refer to beside one another comes from the process.
internal sealed class StandIns : AssemblyLoadContext
{
    private static readonly AssemblyName[] Names =
    [
        .. Repository.Files
            .Where(f => f.StartsWith("compat/", StringComparison.Ordinal)
                && f.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(f => new AssemblyName(Path.GetFileNameWithoutExtension(f))),
    ];

    private static readonly Lazy<IReadOnlyList<Assembly>> Loaded = new(() =>
    {
        var context = new StandIns();
        return [.. Names.Select(context.LoadFromAssemblyName)];
    });

    private StandIns()
        : base("stand-ins")
    {
    }

    public static IReadOnlyList<Assembly> Built => Loaded.Value;

    protected override Assembly? Load(AssemblyName assemblyName) =>
        Names.Any(n => n.Name == assemblyName.Name) ? LoadFromAssemblyPath(PathOf(assemblyName.Name!)) : null;

    private static string PathOf(string name) =>
        Path.Combine(Repository.BuildFolder("bin", name), name + ".dll");
}
