using System.Text.RegularExpressions;

namespace Akka.Serialization;

internal static partial class TypeNames
{
    // With its assembly, and without that one's version, culture and key; also of type arguments.
    public static string Short(Type type) => AssemblyDetails().Replace(type.AssemblyQualifiedName, "");

    [GeneratedRegex(@", Version=[\d.]+, Culture=\w+, PublicKeyToken=\w+")]
    private static partial Regex AssemblyDetails();
}
