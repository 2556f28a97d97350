namespace Handoff.Bench.Servers;

// What a process of servers can be, by the names that rows and peers have.
internal static partial class ServerKind
{
    public const string LeasePool = "lease, pool";
    public const string LeaseInline = "lease, inline";
    public const string Messages = "messages";
    public const string Streams = "streams";
    public const string Raw = "raw";
    public const string RawIdle = "raw-idle";
    public const string Kestrel = "kestrel";
    public const string HttpPool = "http, pool";
    public const string HttpInline = "http, inline";
    public const string HttpOnePort = "http, one port";
    public const string HttpKestrel = "http, kestrel";

    // Followed by a program: each connection is one of its own.
    public const string Spawn = "spawn ";

    // Those that are there with the real Akka only.
    public static IReadOnlyList<string> PeersInPackages
    {
        get
        {
            List<string> peers = [];
            AddInPackages(peers);
            return peers;
        }
    }

    public static Task<IServer> StartAsync(string kind, string engine) => kind switch
    {
        LeasePool => LeaseServer.StartAsync(new BenchSystem(engine)),
        LeaseInline => LeaseServer.StartAsync(new BenchSystem(engine, "inline")),
        Messages => MessageServer.StartAsync(new BenchSystem(engine)),
        Streams => StreamServer.StartAsync(new BenchSystem(engine)),
        Raw => Task.FromResult<IServer>(RawServer.Start(RawServer.EchoAsync)),
        RawIdle => Task.FromResult<IServer>(RawServer.Start(RawServer.WaitAsync)),
        Kestrel => KestrelServer.StartAsync(),
        HttpPool => HttpServer.StartAsync(new BenchSystem(engine)),
        HttpInline => HttpServer.StartAsync(new BenchSystem(engine, "inline")),
        HttpOnePort => HttpServer.StartOnePortAsync(new BenchSystem(engine)),
        HttpKestrel => HttpServer.StartKestrelAsync(),
        _ when kind.StartsWith(Spawn, StringComparison.Ordinal) =>
            Task.FromResult<IServer>(SpawnServer.Start(kind[Spawn.Length..])),
        _ => InPackages(kind) ?? throw new ArgumentException($"There is no server '{kind}'.", nameof(kind)),
    };

    private static Task<IServer>? InPackages(string kind)
    {
        Task<IServer>? server = null;
        StartInPackages(kind, ref server);
        return server;
    }

    // With the real Akka only.
    static partial void StartInPackages(string kind, ref Task<IServer>? server);

    static partial void AddInPackages(List<string> peers);
}
