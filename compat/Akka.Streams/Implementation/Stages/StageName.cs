namespace Akka.Streams.Implementation.Stages;

internal static class StageName
{
    public static string Of(Type stage)
    {
        var name = stage.Name.Split('`')[0];
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
