using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

// A system whose name cannot be a file's in the directory where processes find each other.
public sealed class DirectoryTests(ITestOutputHelper output) : ProcessTestKit(output, "handoff.processes.name = .no")
{
    private const int Attempts = 20;

    [Fact]
    public void Whether_other_processes_can_be_heard_or_not_the_directory_does_not_stay_open()
    {
        var asker = CreateTestProbe();
        for (var i = 0; i < Attempts; i++)
        {
            Handoff.Processes.Tell(new OpenService($"s{i}", asker), asker);
            Assert.Equal(ResultCode.EEBADADDR, asker.ExpectMsg<Refused>().Result.Code);
        }

        using var heard = OpenAnother("heard", "handoff.processes.name = heard");
        heard.Open("s", heard.CreateTestProbe());
        Assert.DoesNotContain(DirectoryPath, OpenSockets.Targets());
    }
}
