using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets.Messages;

// What has to be done once the gate is left, because it runs the code of others.
internal struct MessageWakes
{
    public IDatagramSocket? Closed { get; set; }

    public IDatagramSocket? Aborted { get; set; }

    public IDatagramSocket? StoppedReceiving { get; set; }

    public Waiter<bool>? Work { get; set; }

    public Waiter<bool>? Room { get; set; }

    public MessageReader? Reader { get; set; }

    public MessageWriter? Writer { get; set; }

    public MessageInput? Input { get; set; }

    public MessageEnding? Finished { get; set; }

    public MessageLease? EndedLease { get; set; }

    // Only where somebody counts.
    public SentMessage? Sent { get; set; }

    public readonly void Fire()
    {
        if (Sent is { } sent) Traffic.SentMessage(sent.Bytes, sent.IsRecord);
        Aborted?.Abort();
        Closed?.Dispose();
        StoppedReceiving?.StopWaiting();
        Work?.Fire();
        Room?.Fire();
        Reader?.Fire();
        Writer?.Fire();
        Input?.Fire();
        Finished?.TellFinished();
        EndedLease?.Fire();
    }

    public readonly record struct SentMessage(int Bytes, bool IsRecord);
}
