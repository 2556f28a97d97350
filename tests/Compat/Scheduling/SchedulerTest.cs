using System.Threading.Channels;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Handoff.Compat.Tests.Scheduling;

// A scheduler without a system around it, and a receiver that is told on the scheduler's own thread.
public abstract class SchedulerTest : IDisposable
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    protected static readonly TimeSpan Never = TimeSpan.FromHours(1);

    protected const int Soon = 30;

    private readonly HashedWheelTimerScheduler _scheduler = Create();

    private protected Receiver To { get; } = new();

    protected IScheduler Scheduler => _scheduler;

    protected IAdvancedScheduler Advanced => Scheduler.Advanced;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _scheduler.Dispose();
    }

    protected static HashedWheelTimerScheduler Create(string hocon = "") =>
        new(ConfigurationFactory.ParseString(hocon).WithFallback(ConfigurationFactory.Default()), NoLogger.Instance);

    // Everything that was told before something that is scheduled now.
    private protected async Task<List<object>> SoFar(int milliseconds = 3 * Soon)
    {
        var marker = new object();
        Scheduler.ScheduleTellOnce(milliseconds, To, marker, ActorRefs.NoSender);
        var all = new List<object>();
        while (await To.Next() is var (message, _) && !ReferenceEquals(message, marker))
            all.Add(message);
        return all;
    }

    private protected sealed class Receiver : ICanTell
    {
        private readonly Channel<(object, IActorRef)> _told = Channel.CreateBounded<(object, IActorRef)>(100_000);

        public void Tell(object message, IActorRef sender) => Assert.True(_told.Writer.TryWrite((message, sender)));

        public void Note(object message) => Tell(message, ActorRefs.NoSender);

        public async Task<(object Message, IActorRef Sender)> Next()
        {
            using var limit = new CancellationTokenSource(Patience);
            return await _told.Reader.ReadAsync(limit.Token);
        }

        public bool IsEmpty => !_told.Reader.TryPeek(out _);
    }
}
