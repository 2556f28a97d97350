namespace Handoff.Architecture.Tests.Projects;

// What a project in src or bench may name. A package that ends in a dot stands for the family.
internal sealed record MayUse(string[] Projects, string[] Akka, string[] Packages, string[] Frameworks)
{
    // The arrows of the house. A new project, and a new arrow, is a line here, so that it is seen in a review.
    public static readonly IReadOnlyDictionary<string, MayUse> OfProject = new Dictionary<string, MayUse>
    {
        ["src/Transport"] = new([], [], [], []),
        ["src/Actors"] = new(["src/Transport"], ["Akka"], [], []),
        ["src/Streams"] = new(["src/Actors"], ["Akka", "Akka.Streams"], [], []),
        ["src/Hosting"] = new(["src/Actors"], ["Akka", "Akka.Hosting"], ["Microsoft.Extensions."], []),
        ["src/AspNetCore"] = new(["src/Actors", "src/Hosting"], ["Akka", "Akka.Hosting"], [],
            ["Microsoft.AspNetCore.App"]),
        ["src/TestKit"] = new(["src/Actors"], ["Akka", "Akka.TestKit.Xunit2"], [], []),
        ["src/Gateway"] = new(["src/Actors", "src/Hosting", "src/Streams"], ["Akka", "Akka.Hosting"],
            ["Microsoft.Extensions.", "Spectre.Console", "System.CommandLine"], ["Microsoft.AspNetCore.App"]),
        ["bench"] = new(["src/Actors", "src/AspNetCore", "src/Streams", "src/Transport"], ["Akka", "Akka.Streams"],
            ["System.CommandLine"], ["Microsoft.AspNetCore.App"]),
    };
}
