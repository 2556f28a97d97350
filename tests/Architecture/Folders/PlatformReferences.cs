using Microsoft.CodeAnalysis;

namespace Handoff.Architecture.Tests.Folders;

// The assemblies that this process runs on: the framework, our projects, and all that they depend on.
internal static class PlatformReferences
{
    private static readonly Lazy<IReadOnlyDictionary<string, MetadataReference>> ByName = new(() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => p.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            .DistinctBy(Path.GetFileNameWithoutExtension)
            .ToDictionary(p => Path.GetFileNameWithoutExtension(p)!,
                p => (MetadataReference)MetadataReference.CreateFromFile(p)));

    public static IEnumerable<MetadataReference> All => ByName.Value.Values;

    public static IEnumerable<MetadataReference> Except(string assembly) =>
        ByName.Value.Where(r => r.Key != assembly).Select(r => r.Value);
}
