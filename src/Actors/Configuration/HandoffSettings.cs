using System.IO.Pipelines;
using System.Reflection;
using Akka.Configuration;
using Handoff.Messages;
using Handoff.Transport.Sockets;

namespace Handoff.Configuration;

/// <summary>The values of <c>reference.conf</c> and what an application put before it; read once at start.</summary>
public sealed class HandoffSettings
{
    private const string Resource = "Handoff.reference.conf";
    private const int MostRecords = 4096;

    /// <summary>Reads the settings; keys that are not there have the values of <see cref="Reference"/>.</summary>
    /// <param name="config">A whole configuration, such as <c>ActorSystem.Settings.Config</c>.</param>
    /// <exception cref="ConfigurationException">A value is out of its bounds; the message names the key.</exception>
    public HandoffSettings(Config config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var all = config.WithFallback(Reference);
        Policy = all.GetString("handoff.policy");
        OfferTimeout = Time(all, "handoff.offer.timeout");
        MaxOfferTimeout = Time(all, "handoff.offer.max-timeout");
        MaxTargets = Count(all, "handoff.offer.max-targets");
        MaxOffersPerOwner = Count(all, "handoff.offer.max-per-owner");
        MaxOffersPerTarget = Count(all, "handoff.offer.max-per-target");
        GiveTimeout = Time(all, "handoff.give.timeout");
        MaxNames = Count(all, "handoff.give.max-names");
        MaxWaitingGets = Count(all, "handoff.give.max-waiting");
        GiveScope = Scope(all, "handoff.give.scope");
        MaxReattach = Count(all, "handoff.owner.max-reattach");
        History = Length(all, "handoff.owner.history");
        MaxLoan = Time(all, "handoff.owner.max-loan");
        MaxBulkInFlight = Count(all, "handoff.release-all.in-flight");
        BulkProgressEvery = Count(all, "handoff.release-all.progress-every");
        Backlog = Count(all, "handoff.listen.backlog");
        MaxWaiting = Count(all, "handoff.listen.max-waiting");
        AcquireTimeout = Time(all, "handoff.listen.acquire-timeout");
        AcceptPause = Time(all, "handoff.listen.accept-pause");
        ConnectTimeout = Time(all, "handoff.connect.timeout");
        MaxConnecting = Count(all, "handoff.connect.max-pending");
        MaxWrite = Size(all, "handoff.io.max-write");
        ReceivedSize = Size(all, "handoff.io.received-size");
        MaxFrame = Size(all, "handoff.io.max-frame");
        RemovesStaleFiles = all.GetBoolean("handoff.unix.remove-stale");
        AcceptFilters = new AcceptFilterSettings(all);
        Splices = new SpliceSettings(all);
        Tls = new TlsSettings(all);
        Status = new StatusSettings(all);
        Engine = new EngineSettings(all);
        Connections = new ConnectionOptions(Engine.Owners, PipeScheduler.Inline)
        {
            ReceiveBuffer = Size(all, "handoff.io.receive-buffer"),
            SendBuffer = Size(all, "handoff.io.send-buffer"),
            MaxPushBack = Size(all, "handoff.io.max-push-back"),
            DurableBuffer = Size(all, "handoff.io.durable-buffer"),
            CloseTimeout = Time(all, "handoff.close.timeout"),
            Linger = Time(all, "handoff.close.linger"),
            LingerBytes = Size(all, "handoff.close.linger-bytes"),
        };
        Datagrams = new DatagramSettings(all, Connections);
        Sctp = new SctpSettings(all, Datagrams.Messages, Backlog);
        Handles = new HandleSettings(all, Connections.TimeProvider);
        Processes = new ProcessSettings(all, Handles);
        Children = new ChildSettings(all);
        Keeping = new KeepingSettings(all, Handles);
    }

    /// <summary>The embedded <c>reference.conf</c>: every key, its default, one line of why.</summary>
    public static Config Reference { get; } = ConfigurationFactory.ParseString(ReadReference());

    /// <summary><c>handoff.policy</c>: the name of a type, or <c>allow</c>.</summary>
    public string Policy { get; }

    /// <summary><c>handoff.offer.timeout</c>.</summary>
    public TimeSpan OfferTimeout { get; }

    /// <summary><c>handoff.offer.max-timeout</c>.</summary>
    public TimeSpan MaxOfferTimeout { get; }

    /// <summary><c>handoff.offer.max-targets</c>.</summary>
    public int MaxTargets { get; }

    /// <summary><c>handoff.offer.max-per-owner</c>, in offers.</summary>
    public int MaxOffersPerOwner { get; }

    /// <summary><c>handoff.offer.max-per-target</c>, in offers.</summary>
    public int MaxOffersPerTarget { get; }

    /// <summary><c>handoff.give.timeout</c>.</summary>
    public TimeSpan GiveTimeout { get; }

    /// <summary><c>handoff.give.max-names</c>.</summary>
    public int MaxNames { get; }

    /// <summary><c>handoff.give.max-waiting</c>, in gets.</summary>
    public int MaxWaitingGets { get; }

    /// <summary><c>handoff.give.scope</c>.</summary>
    public NameScope GiveScope { get; }

    /// <summary><c>handoff.owner.history</c>, in records.</summary>
    public int History { get; }

    /// <summary><c>handoff.owner.max-reattach</c>.</summary>
    public int MaxReattach { get; }

    /// <summary><c>handoff.owner.max-loan</c>.</summary>
    public TimeSpan MaxLoan { get; }

    /// <summary><c>handoff.release-all.in-flight</c>, in sockets.</summary>
    public int MaxBulkInFlight { get; }

    /// <summary><c>handoff.release-all.progress-every</c>, in sockets.</summary>
    public int BulkProgressEvery { get; }

    /// <summary><c>handoff.listen.backlog</c>, in connections.</summary>
    public int Backlog { get; }

    /// <summary><c>handoff.listen.max-waiting</c>, in connections.</summary>
    public int MaxWaiting { get; }

    /// <summary><c>handoff.listen.acquire-timeout</c>.</summary>
    public TimeSpan AcquireTimeout { get; }

    /// <summary><c>handoff.listen.accept-pause</c>.</summary>
    public TimeSpan AcceptPause { get; }

    /// <summary><c>handoff.connect.timeout</c>.</summary>
    public TimeSpan ConnectTimeout { get; }

    /// <summary><c>handoff.connect.max-pending</c>.</summary>
    public int MaxConnecting { get; }

    /// <summary><c>handoff.io.max-write</c>, in bytes.</summary>
    public int MaxWrite { get; }

    /// <summary><c>handoff.io.received-size</c>, in bytes.</summary>
    public int ReceivedSize { get; }

    /// <summary><c>handoff.io.max-frame</c>, in bytes: for a <c>FrameReader</c> or <c>FrameWriter</c>.</summary>
    public int MaxFrame { get; }

    /// <summary><c>handoff.unix.remove-stale</c>.</summary>
    public bool RemovesStaleFiles { get; }

    /// <summary>The bounds of accept filters: <c>handoff.accept-filter</c>.</summary>
    public AcceptFilterSettings AcceptFilters { get; }

    /// <summary>The bounds of splices: <c>handoff.splice</c>.</summary>
    public SpliceSettings Splices { get; }

    /// <summary>The bounds of TLS: <c>handoff.tls</c>.</summary>
    public TlsSettings Tls { get; }

    /// <summary>The bounds of questions about many sockets: <c>handoff.status</c>.</summary>
    public StatusSettings Status { get; }

    /// <summary>What moves the bytes: <c>handoff.engine</c>, and where owners go on.</summary>
    public EngineSettings Engine { get; }

    /// <summary>Buffers and time-outs of a connection: <c>handoff.io</c> and <c>handoff.close</c>.</summary>
    public ConnectionOptions Connections { get; }

    /// <summary>Bounds of a datagram socket: <c>handoff.datagram</c>.</summary>
    public DatagramSettings Datagrams { get; }

    /// <summary><c>handoff.sctp</c>.</summary>
    public SctpSettings Sctp { get; }

    /// <summary>Bounds of moves between processes: <c>handoff.handles</c>.</summary>
    public HandleSettings Handles { get; }

    /// <summary><c>handoff.processes</c>.</summary>
    public ProcessSettings Processes { get; }

    /// <summary>Bounds of programs that are given sockets: <c>handoff.children</c>.</summary>
    public ChildSettings Children { get; }

    internal KeepingSettings Keeping { get; }

    internal static TimeSpan Time(Config config, string key)
    {
        var value = config.GetTimeSpan(key);
        return value > TimeSpan.Zero && value <= TimeSpan.FromDays(1)
            ? value
            : throw new ConfigurationException($"{key} is {value}; it must be more than zero and at most a day.");
    }

    internal static int Count(Config config, string key)
    {
        var value = config.GetInt(key);
        return value > 0 ? value : throw new ConfigurationException($"{key} is {value}; it must be at least 1.");
    }

    private static NameScope Scope(Config config, string key) => config.GetString(key) switch
    {
        "system" => NameScope.System,
        "host" => NameScope.Host,
        var other => throw new ConfigurationException($"{key} is '{other}'; it must be system or host."),
    };

    private static int Length(Config config, string key)
    {
        var value = config.GetInt(key);
        return value is >= 0 and <= MostRecords
            ? value
            : throw new ConfigurationException($"{key} is {value}; it must be 0 to {MostRecords}.");
    }

    internal static int Size(Config config, string key)
    {
        var value = config.GetByteSize(key);
        return value is > 0 and <= int.MaxValue
            ? (int)value
            : throw new ConfigurationException($"{key} is {value} bytes; it must be 1 to {int.MaxValue}.");
    }

    private static string ReadReference()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {Resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
