using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Akka.Event;

// What a logger has not written when it is stopped goes to standard output, not to the dead letters.
internal sealed class LoggerMailboxType : MailboxType
{
    public const string Id = "akka.actor.mailbox.logger-queue";

    public LoggerMailboxType(Settings settings, Config config) : base(settings, config)
    {
    }

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) =>
        new Queue(system.Settings.StdoutLogger);

    private sealed class Queue(MinimalLogger output) : IMessageQueue
    {
        private readonly UnboundedMessageQueue _queue = new();

        public bool HasMessages => _queue.HasMessages;

        public int Count => _queue.Count;

        public void Enqueue(IActorRef receiver, Envelope envelope) => _queue.Enqueue(receiver, envelope);

        public bool TryDequeue(out Envelope envelope) => _queue.TryDequeue(out envelope);

        public void CleanUp(IActorRef owner, IMessageQueue deadletters)
        {
            while (TryDequeue(out var envelope))
                output.Tell(envelope.Message, envelope.Sender);
        }
    }
}
