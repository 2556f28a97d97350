namespace Akka.Actor;

internal class TimerMessage(TimerScheduler owner, object key, int generation, object message)
    : IWrappedMessage, INoSerializationVerificationNeeded
{
    public object Message { get; } = message;

    internal TimerScheduler Owner { get; } = owner;

    internal object Key { get; } = key;

    internal int Generation { get; } = generation;

    public override string ToString() => $"TimerMsg(key={Key}, generation={Generation}, message={Message})";
}

internal sealed class QuietTimerMessage(TimerScheduler owner, object key, int generation, object message)
    : TimerMessage(owner, key, generation, message), INotInfluenceReceiveTimeout;
