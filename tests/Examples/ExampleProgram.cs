namespace Handoff.Examples.Tests;

internal static class ExampleProgram
{
    // In its own folder, a neighbour of the one that these tests run from: here what ASP.NET Core brings is left out,
    // which a program that does not use it may need.
    public static string Of(Type ofIt)
    {
        var name = ofIt.Assembly.GetName().Name!;
        var ours = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(ours.Parent!.Parent!.FullName, name, ours.Name, name + ".dll");
    }
}
