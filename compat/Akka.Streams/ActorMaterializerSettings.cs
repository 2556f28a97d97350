using Akka.Actor;
using Akka.Configuration;
using Decider = Akka.Streams.Supervision.Decider;
using Deciders = Akka.Streams.Supervision.Deciders;

namespace Akka.Streams;

public sealed class ActorMaterializerSettings
{
    public readonly int InitialInputBufferSize;
    public readonly int MaxInputBufferSize;
    public readonly string Dispatcher;
    public readonly Decider SupervisionDecider;
    public readonly bool IsDebugLogging;
    public readonly int SyncProcessingLimit;

    private ActorMaterializerSettings(
        int initialInputBufferSize,
        int maxInputBufferSize,
        string dispatcher,
        Decider supervisionDecider,
        bool isDebugLogging,
        int syncProcessingLimit)
    {
        CheckBuffer(initialInputBufferSize, maxInputBufferSize);
        InitialInputBufferSize = initialInputBufferSize;
        MaxInputBufferSize = maxInputBufferSize;
        Dispatcher = dispatcher;
        SupervisionDecider = supervisionDecider;
        IsDebugLogging = isDebugLogging;
        SyncProcessingLimit = syncProcessingLimit;
    }

    public static ActorMaterializerSettings Create(ActorSystem system)
    {
        var config = system.Settings.Config.GetConfig("akka.stream.materializer")
            ?? throw new ConfigurationException(
                "akka.stream.materializer is not configured: inject ActorMaterializer.DefaultConfig()");
        return new ActorMaterializerSettings(
            config.GetInt("initial-input-buffer-size", 4),
            config.GetInt("max-input-buffer-size", 16),
            config.GetString("dispatcher", ""),
            Deciders.StoppingDecider,
            config.GetBoolean("debug-logging"),
            config.GetInt("sync-processing-limit", 1000));
    }

    public ActorMaterializerSettings WithInputBuffer(int initialSize, int maxSize) => new(
        initialSize, maxSize, Dispatcher, SupervisionDecider, IsDebugLogging, SyncProcessingLimit);

    public ActorMaterializerSettings WithDispatcher(string dispatcher) => new(
        InitialInputBufferSize, MaxInputBufferSize, dispatcher, SupervisionDecider, IsDebugLogging,
        SyncProcessingLimit);

    public ActorMaterializerSettings WithSupervisionStrategy(Decider decider) => new(
        InitialInputBufferSize, MaxInputBufferSize, Dispatcher, decider, IsDebugLogging, SyncProcessingLimit);

    public ActorMaterializerSettings WithDebugLogging(bool isEnabled) => new(
        InitialInputBufferSize, MaxInputBufferSize, Dispatcher, SupervisionDecider, isEnabled, SyncProcessingLimit);

    public ActorMaterializerSettings WithSyncProcessingLimit(int limit) => new(
        InitialInputBufferSize, MaxInputBufferSize, Dispatcher, SupervisionDecider, IsDebugLogging, limit);

    internal static void CheckBuffer(int initialInputBufferSize, int maxInputBufferSize)
    {
        if (initialInputBufferSize <= 0)
            throw new ArgumentException("initialInputBufferSize must be > 0", nameof(initialInputBufferSize));
        if (maxInputBufferSize <= 0 || !int.IsPow2(maxInputBufferSize))
            throw new ArgumentException("maxInputBufferSize must be a power of two", nameof(maxInputBufferSize));
        if (initialInputBufferSize > maxInputBufferSize)
        {
            throw new ArgumentException(
                $"initialInputBufferSize {initialInputBufferSize} must be <= maxInputBufferSize {maxInputBufferSize}",
                nameof(initialInputBufferSize));
        }
    }
}
