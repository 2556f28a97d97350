using Akka.Actor;
using Akka.Configuration;

namespace Handoff.Compat.Tests.Event;

public abstract class SystemTest(string hocon = "") : IAsyncLifetime
{
    private const string Quiet =
        "akka { loglevel = WARNING, stdout-loglevel = OFF, loggers = [], log-dead-letters = off }";

    protected ActorSystem System { get; } = ActorSystem.Create(
        "events", ConfigurationFactory.ParseString(hocon).WithFallback(ConfigurationFactory.ParseString(Quiet)));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => System.Terminate().WaitAsync(Recorder.Patience);

    internal Recorder NewRecorder() => new(System);
}
