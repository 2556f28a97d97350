namespace Handoff.Architecture.Tests.Folders;

// The stand-ins in compat/ are not asked: they wear Akka's namespaces, and those use one another in rings.
public sealed class FolderTests
{
    private const string Transport = "src/Transport";

    [Theory]
    [InlineData(Transport, "Handoff.Transport")]
    [InlineData("src/Actors", "Handoff")]
    [InlineData("src/Streams", "Handoff.Streams")]
    [InlineData("src/Hosting", "Handoff.Hosting")]
    [InlineData("src/AspNetCore", "Handoff.AspNetCore")]
    [InlineData("src/Gateway", "Handoff.Gateway")]
    [InlineData("src/TestKit", "Handoff.TestKit")]
    public void Every_name_in_a_project_is_resolved(string folder, string assembly) =>
        ProjectCode.Of(folder, assembly).Errors()
            .MustBeNone("These checks do not understand the code as the build does; their answers would have holes.");

    [Theory]
    [InlineData(Transport, "Handoff.Transport")]
    [InlineData("src/Actors", "Handoff")]
    [InlineData("src/Streams", "Handoff.Streams")]
    [InlineData("src/Hosting", "Handoff.Hosting")]
    [InlineData("src/AspNetCore", "Handoff.AspNetCore")]
    [InlineData("src/Gateway", "Handoff.Gateway")]
    [InlineData("src/TestKit", "Handoff.TestKit")]
    public void Folders_do_not_use_one_another_in_a_ring(string folder, string assembly) =>
        Cycles.Among(Arrows.In(ProjectCode.Of(folder, assembly)), folder)
            .MustBeNone("Turn one of the arrows round, or move what both need beneath them.");

    [Fact]
    public void Folders_of_Transport_use_only_what_the_design_allows() =>
        FolderTable.Forbidden(
                Arrows.In(ProjectCode.Of(Transport, "Handoff.Transport")), FolderTable.OfTransport, Transport)
            .MustBeNone("The arrow is not in the design (tests/Architecture/Folders/FolderTable.cs): move the code.");

    [Fact]
    public void Every_folder_of_Transport_is_in_the_table() =>
        FolderTable.Unlisted(
                Repository.SourcesUnder(Transport + "/").Select(s => s.Path[(Transport.Length + 1)..]),
                FolderTable.OfTransport, Transport)
            .MustBeNone("Say in tests/Architecture/Folders/FolderTable.cs what the new folder may use.");

    [Theory]
    [InlineData(Transport, "Handoff.Transport")]
    [InlineData("src/Actors", "Handoff")]
    [InlineData("src/Streams", "Handoff.Streams")]
    [InlineData("src/Hosting", "Handoff.Hosting")]
    [InlineData("src/AspNetCore", "Handoff.AspNetCore")]
    [InlineData("src/Gateway", "Handoff.Gateway")]
    [InlineData("src/TestKit", "Handoff.TestKit")]
    public void No_task_is_dropped_whatever_its_method_is_called(string folder, string assembly) =>
        DiscardedTasks.In(ProjectCode.Of(folder, assembly))
            .MustBeNone("Await the task, pipe it to Self, or keep it in a field that the stop awaits.");
}
