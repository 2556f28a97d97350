namespace Handoff.Bench.Servers;

internal static partial class ServerKind
{
    public const string AkkaStreams = "akka-streams";

    static partial void StartInPackages(string kind, ref Task<IServer>? server)
    {
        if (kind == AkkaStreams) server = AkkaStreamsServer.StartAsync();
    }

    static partial void AddInPackages(List<string> peers) => peers.Add(AkkaStreams);
}
