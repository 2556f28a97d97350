namespace Handoff.Transport.Sockets;

// Told once, when nothing is moved any more and before either connection tells of its own end. It must not block.
internal interface ISpliceListener
{
    void OnEnded(SpliceOutcome outcome);
}
