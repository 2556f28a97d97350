namespace Handoff.Architecture.Tests.Projects;

public sealed class ProjectArrowsTests
{
    [Theory]
    [InlineData("src/Transport", """<ProjectReference Include="../Actors/Handoff.csproj" />""")]
    [InlineData("src/Transport", """<ProjectReference Include="$(RepoRoot)src/Actors/Handoff.csproj" />""")]
    [InlineData("src/Transport", """<AkkaReference Include="Akka" />""")]
    [InlineData("src/Transport", """<PackageReference Include="Microsoft.Extensions.Logging.Abstractions" />""")]
    [InlineData("src/Transport", """<FrameworkReference Include="Microsoft.AspNetCore.App" />""")]
    [InlineData("src/Transport", """<Reference Include="libs/Akka.dll" />""")]
    [InlineData("src/Transport", """<Compile Include="../Actors/A.cs" />""")]
    [InlineData("src/Transport", """<Import Project="../../eng/more.props" />""")]
    [InlineData("src/Actors", """<ProjectReference Include="..\Gateway\Handoff.Gateway.csproj" />""")]
    [InlineData("src/Actors", """<ProjectReference Include="../../compat/Akka/Akka.csproj" />""")]
    [InlineData("src/Actors", """<AkkaReference Include="Akka;Akka.Hosting" />""")]
    [InlineData("src/Gateway", """<ProjectReference Include="../TestKit/Handoff.TestKit.csproj" />""")]
    [InlineData("src/Gateway", """<PackageReference Include="Spectre.Console.Cli" />""")]
    [InlineData("src/Unheard", "")]
    [InlineData("compat/Akka", """<ProjectReference Include="../../src/Transport/Handoff.Transport.csproj" />""")]
    [InlineData("compat/Akka", """<AkkaReference Include="Akka" />""")]
    [InlineData("tests/Actors", """<ProjectReference Include="../../compat/Akka/Akka.csproj" />""")]
    [InlineData("tests/Actors", """<PackageReference Include="Akka" />""")]
    [InlineData("tests/Actors",
        """<ProjectReference Include="../../compat/Akka/Akka.csproj" ReferenceOutputAssembly="false" />""")]
    [InlineData("tests/Architecture", """<ProjectReference Include="../../compat/Akka/Akka.csproj" />""")]
    [InlineData("examples/Echo", """<ProjectReference Include="../../src/TestKit/Handoff.TestKit.csproj" />""")]
    [InlineData("examples/Echo", """<ProjectReference Include="../../src/Gateway/Handoff.Gateway.csproj" />""")]
    [InlineData("bench", """<AkkaReference Include="Akka.TestKit.Xunit2" />""")]
    [InlineData("bench", """<PackageReference Include="Akka" />""")]
    [InlineData("bench", """<ProjectReference Include="../src/Gateway/Handoff.Gateway.csproj" />""")]
    public void An_arrow_that_the_design_has_not_is_found(string folder, string item) =>
        Assert.Single(ProjectArrows.Forbidden(In(folder, item)));

    [Theory]
    [InlineData("src/Transport", """<InternalsVisibleTo Include="Transport.Tests" />""")]
    [InlineData("src/Actors", """<ProjectReference Include="..\Transport\Handoff.Transport.csproj" />""")]
    [InlineData("src/Gateway", """<PackageReference Include="Microsoft.Extensions.Hosting" />""")]
    [InlineData("compat/Akka.Hosting", """<ProjectReference Include="../Akka/Akka.csproj" />""")]
    [InlineData("tests/Actors", """<AkkaReference Include="Akka.TestKit.Xunit2" />""")]
    [InlineData("tests/Gateway", """<ProjectReference Include="../../src/Gateway/Handoff.Gateway.csproj" />""")]
    [InlineData("bench", """<ProjectReference Include="../src/Transport/Handoff.Transport.csproj" />""")]
    [InlineData("eng/akka", """<PackageReference Include="Akka" />""")]
    [InlineData("tests/Architecture",
        """<ProjectReference Include="../../compat/Akka/Akka.csproj" ReferenceOutputAssembly="false" />""")]
    public void An_arrow_of_the_design_is_not(string folder, string item) =>
        Assert.Empty(ProjectArrows.Forbidden(In(folder, item)));

    [Fact]
    public void An_example_of_a_test_may_use_what_tests_may()
    {
        const string items = """
            <AkkaReference Include="Akka.TestKit.Xunit2" />
            <ProjectReference Include="../../src/TestKit/Handoff.TestKit.csproj" />
            """;
        Assert.Empty(ProjectArrows.Forbidden(ProjectFile.Parse("examples/Echo/Echo.Tests.csproj", Xml(items))));
        Assert.Equal(2, ProjectArrows.Forbidden(ProjectFile.Parse("examples/Echo/Echo.csproj", Xml(items))).Count());
    }

    [Fact]
    public void A_finding_names_the_line()
    {
        var findings = ProjectArrows.Forbidden(In("src/Transport", """<AkkaReference Include="Akka" />"""));
        Assert.Equal("src/Transport/A.csproj:3: uses Akka's Akka", Assert.Single(findings).ToString());
    }

    [Theory]
    [InlineData("""<PackageReference Include="A" Version="1.0" />""")]
    [InlineData("""<PackageReference Include="A" VersionOverride="1.0" />""")]
    [InlineData("""<PackageReference Include="A"><Version>1.0</Version></PackageReference>""")]
    [InlineData("""<PackageVersion Include="A" Version="1.0" />""")]
    public void A_version_outside_of_its_place_is_found(string item)
    {
        Assert.Single(ProjectArrows.Versions(In("src/Transport", item)));
        Assert.Empty(ProjectArrows.Versions(ProjectFile.Parse("Directory.Packages.props", Xml(item))));
    }

    [Fact]
    public void A_project_and_the_solution_that_disagree_are_found()
    {
        const string solution = """
            Project("{FAE0}") = "Handoff", "src\Actors\Handoff.csproj", "{5E82}"
            Project("{FAE0}") = "Gone", "src\Gone\Gone.csproj", "{5E83}"
            """;
        var files = Solution.Gaps(solution,
            ["src/Actors/Handoff.csproj", "src/New/New.csproj", "eng/akka/akka.csproj"]).Select(f => f.ToString());
        Assert.Equal(
            [
                "src/New/New.csproj:1: is not in Handoff.sln: `dotnet sln add` it",
                "Handoff.sln:1: lists src/Gone/Gone.csproj, which must not be there or does not exist",
            ],
            files);
    }

    private static ProjectFile In(string folder, string item) => ProjectFile.Parse(folder + "/A.csproj", Xml(item));

    private static string Xml(string item) => $"<Project>\n<ItemGroup>\n{item}\n</ItemGroup>\n</Project>";
}
