using Akka.Actor;

namespace Akka.TestKit.Internal;

internal sealed class InternalTestActor(TestQueue queue) : UntypedActor
{
    private Func<object, bool> _shouldIgnore;
    private AutoPilot _pilot;

    protected override void OnReceive(object message)
    {
        if (message is TestActorCommand command)
            Obey(command);
        else
            Deliver(message);
    }

    private void Obey(TestActorCommand command)
    {
        switch (command)
        {
            case TestActorCommand.Watch watch:
                Context.Watch(watch.Actor);
                Sender.Tell(TestActorCommand.Done.Instance);
                break;
            case TestActorCommand.Unwatch unwatch:
                Context.Unwatch(unwatch.Actor);
                Sender.Tell(TestActorCommand.Done.Instance);
                break;
            case TestActorCommand.Ignore ignore:
                _shouldIgnore = ignore.ShouldIgnore;
                break;
            case TestActorCommand.Fly fly:
                _pilot = fly.Pilot;
                break;
            case TestActorCommand.Spawn spawn:
                queue.Add(new RealMessageEnvelope(Context.ActorOf(spawn.Props, spawn.Name), Self));
                break;
            default:
                throw new InvalidOperationException($"The test actor does not know {command}.");
        }
    }

    private void Deliver(object message)
    {
        var sender = Sender;
        var next = _pilot?.Run(sender, message);
        if (next is not KeepRunning)
            _pilot = next;
        if (_shouldIgnore == null || !_shouldIgnore(message))
            queue.Add(new RealMessageEnvelope(message, sender));
    }
}
