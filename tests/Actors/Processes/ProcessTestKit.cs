using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

// Two actor systems that release to each other over real control sockets, in a directory of their own.
public abstract class ProcessTestKit : SocketTestKit
{
    private readonly ITestOutputHelper _output;
    private readonly DirectoryInfo _directory;

    // Virtual time is that of the actors here; the other system and all below the actors have their own.
    protected ProcessTestKit(ITestOutputHelper output, string config = "", bool virtualTime = false)
        : this(output, Directory.CreateTempSubdirectory("handoff-"), config, virtualTime)
    {
    }

    private ProcessTestKit(ITestOutputHelper output, DirectoryInfo directory, string config, bool virtualTime)
        : base(output, ConfigOf(directory, "here") + config, virtualTime)
    {
        (_output, _directory) = (output, directory);
        Other = new OtherSystem(output, ConfigOf(directory, "there") + config);
    }

    protected OtherSystem Other { get; }

    protected string DirectoryPath => Path.Combine(_directory.FullName, "run");

    // A third one, which is the caller's to dispose of.
    protected OtherSystem OpenAnother(string name, string config) =>
        new(_output, ConfigOf(_directory, name) + config);

    // A target here that is the service there.
    protected IActorRef Peer(string service, IActorRef target, bool isBatch = false) =>
        PeerAt(Other.Open(service, target), service, isBatch);

    protected IActorRef PeerAt(string path, string service, bool isBatch = false)
    {
        var asker = CreateTestProbe();
        Handoff.Processes.Tell(new OpenPeer(path, service) { IsBatch = isBatch }, asker);
        return asker.ExpectMsg<PeerOpened>().Peer;
    }

    // A target there that is the service here.
    protected IActorRef Home(string service, IActorRef target)
    {
        var asker = CreateTestProbe();
        Handoff.Processes.Tell(new OpenService(service, target), asker);
        var path = asker.ExpectMsg<ServiceOpened>().Path;
        var other = Other.CreateTestProbe();
        Other.Sockets.Processes.Tell(new OpenPeer(path, service), other);
        return other.ExpectMsg<PeerOpened>().Peer;
    }

    protected static string Reverted(TestProbe owner, Release release)
    {
        var failed = owner.ExpectMsg<ReleaseFailed>();
        Assert.Equal((release, ResultCode.EESOCKNOTRLSD), (failed.Release, failed.Result.Code));
        return failed.Result.Reason;
    }

    protected override void AfterAll()
    {
        Other.Dispose();
        base.AfterAll();
        _directory.Delete(recursive: true);
    }

    private static string ConfigOf(DirectoryInfo directory, string name) =>
        $"""
        handoff.processes.directory = "{Path.Combine(directory.FullName, "run")}"
        handoff.processes.name = {name}

        """;
}
