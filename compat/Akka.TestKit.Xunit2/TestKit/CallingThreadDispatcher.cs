using Akka.Dispatch;

namespace Akka.TestKit;

public class CallingThreadDispatcher(MessageDispatcherConfigurator configurator) : MessageDispatcher(configurator)
{
#pragma warning disable CA2211 // Akka has a field that anyone can set.
    public static new string Id = "akka.test.calling-thread-dispatcher";
#pragma warning restore CA2211

    protected override void ExecuteTask(IRunnable run) => run.Run();

    protected override void Shutdown()
    {
        // It has no thread of its own.
    }
}
