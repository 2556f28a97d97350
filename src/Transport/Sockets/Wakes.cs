using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets;

// What has to be done once the gate is left, because it runs the code of others.
internal struct Wakes
{
    public ReceiveSide? ReceivePump { get; set; }

    public SendSide? SendPump { get; set; }

    public LeaseReader? Reader { get; set; }

    public LeaseWriter? Writer { get; set; }

    public MessageInput? Messages { get; set; }

    public SpliceLink? Splice { get; set; }

    public ConnectionEnding? Finished { get; set; }

    public SocketLease? EndedLease { get; set; }

    public SocketLease? InputEndedLease { get; set; }

    public GivenBack? GivenBack { get; set; }

    public IStreamSocket? Aborted { get; set; }

    public IStreamSocket? StoppedReceiving { get; set; }

    public readonly void Fire()
    {
        Aborted?.Abort();
        StoppedReceiving?.StopWaiting();
        SendPump?.Fire();
        ReceivePump?.Fire();
        Reader?.Fire();
        Writer?.Fire();
        Messages?.Fire();
        Splice?.Run();
        Finished?.TellFinished();
        InputEndedLease?.FireInputEnded();
        EndedLease?.Fire();
        GivenBack?.Tell();
    }
}
